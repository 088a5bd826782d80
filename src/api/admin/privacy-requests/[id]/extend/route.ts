import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../../../utils/conflicts"
import { actorOf, privacyOf } from "../../../../utils/officer"
import type { ExtendBody } from "../../validators"

/**
 * POST /admin/privacy-requests/:id/extend: puts the due date off by two months, once (GDPR Art. 12(3)). Needs `erase`, for an extract `extract`.
 *
 * 200 with the request; 404; 409 when it was extended before, is settled or overdue.
 */
export const POST = answeringConflicts(async (req: MedusaRequest<ExtendBody>, res: MedusaResponse) => {
  res.json({ privacy_request: await privacyOf(req).extendRequest(req.params.id, req.validatedBody.reason, actorOf(req)) })
})
