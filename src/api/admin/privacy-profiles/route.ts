import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../utils/conflicts"
import { actorOf, privacyOf } from "../../utils/officer"
import { pageSchema } from "../../utils/pagination"
import { parseQuery } from "../../utils/parse-query"
import type { ProfileBody } from "./validators"

/** GET /admin/privacy-profiles. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const page = parseQuery(pageSchema.strict(), req)
  const { profiles, count } = await privacyOf(req).viewProfiles(page)
  res.json({ privacy_profiles: profiles, count, ...page })
}

/** POST /admin/privacy-profiles. Needs `configure`; 400 when an override does not fit the data map, 409 when the name is taken. */
export const POST = answeringConflicts(async (req: MedusaRequest<ProfileBody>, res: MedusaResponse) => {
  res.status(201).json({ privacy_profile: await privacyOf(req).addProfile(req.validatedBody, actorOf(req)) })
})
