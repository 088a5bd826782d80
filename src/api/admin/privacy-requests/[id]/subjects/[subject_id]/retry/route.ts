import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../../../../../utils/conflicts"
import { actorOf, privacyOf } from "../../../../../../utils/officer"

/**
 * POST /admin/privacy-requests/:id/subjects/:subject_id/retry: takes one held or failed subject up again. Needs `erase`, for an extract `extract`.
 *
 * 202 with the request; 404; 409 when the subject is neither held nor failed, or the request does not run.
 */
export const POST = answeringConflicts(async (req: MedusaRequest, res: MedusaResponse) => {
  const { id, subject_id } = req.params
  res.status(202).json({ privacy_request: await privacyOf(req).retrySubject(id, subject_id, actorOf(req)) })
})
