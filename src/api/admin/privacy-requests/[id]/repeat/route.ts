import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../../../utils/conflicts"
import { languageOf } from "../../../../utils/language"
import { actorOf, privacyOf } from "../../../../utils/officer"

/**
 * POST /admin/privacy-requests/:id/repeat: extracts the same subjects anew, without those erased meanwhile. Needs `extract`.
 *
 * 202 with the new request; 404; 409 while the first is under way, or when nobody is left.
 */
export const POST = answeringConflicts(async (req: MedusaRequest, res: MedusaResponse) => {
  res.status(202).json({ privacy_request: await privacyOf(req).repeatExtract(req.params.id, languageOf(req), actorOf(req)) })
})
