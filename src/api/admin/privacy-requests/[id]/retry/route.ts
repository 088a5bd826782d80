import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../../../utils/conflicts"
import { actorOf, privacyOf } from "../../../../utils/officer"

/** POST /admin/privacy-requests/:id/retry: takes held and failed subjects up again. Needs `erase`; 409 when there are none. */
export const POST = answeringConflicts(async (req: MedusaRequest, res: MedusaResponse) => {
  res.status(202).json({ privacy_request: await privacyOf(req).retryPrivacyRequest(req.params.id, actorOf(req)) })
})
