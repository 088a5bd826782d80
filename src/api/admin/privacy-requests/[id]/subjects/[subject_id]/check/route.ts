import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../../../../../utils/conflicts"
import { privacyOf } from "../../../../../../utils/officer"

/**
 * POST /admin/privacy-requests/:id/subjects/:subject_id/check: looks again at what holds a held subject, and changes nothing else. Needs `view`.
 *
 * 200 with the request and the `holds` found; 404; 409 when the subject is not held.
 */
export const POST = answeringConflicts(async (req: MedusaRequest, res: MedusaResponse) => {
  const { id, subject_id } = req.params
  res.json(await privacyOf(req).checkSubject(id, subject_id))
})
