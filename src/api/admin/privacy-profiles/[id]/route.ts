import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../../utils/conflicts"
import { actorOf, privacyOf } from "../../../utils/officer"
import type { ProfileUpdateBody } from "../validators"

/** GET /admin/privacy-profiles/:id. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ privacy_profile: await privacyOf(req).viewProfile(req.params.id) })
}

/** POST /admin/privacy-profiles/:id: makes a new version. Needs `configure`. */
export const POST = answeringConflicts(async (req: MedusaRequest<ProfileUpdateBody>, res: MedusaResponse) => {
  res.json({ privacy_profile: await privacyOf(req).changeProfile(req.params.id, req.validatedBody, actorOf(req)) })
})

/** DELETE /admin/privacy-profiles/:id: it can no longer be chosen. Needs `configure`. */
export const DELETE = async (req: MedusaRequest, res: MedusaResponse) => {
  await privacyOf(req).removeProfile(req.params.id, actorOf(req))
  res.json({ id: req.params.id, object: "privacy_profile", deleted: true })
}
