import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { z } from "@medusajs/framework/zod"
import { actorOf, permissionsOf, privacyOf } from "../../utils/officer"
import { pageSchema } from "../../utils/pagination"
import { parseQuery } from "../../utils/parse-query"
import type { bindOfficerSchema } from "./validators"

/** GET /admin/privacy-permissions: each officer of the options, their user, and what is wrong with those who have none. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const page = parseQuery(pageSchema.strict(), req)
  const officers = await privacyOf(req).viewOfficers()
  res.json({ privacy_permissions: officers.slice(page.offset, page.offset + page.limit), count: officers.length, ...page })
}

/**
 * POST /admin/privacy-permissions: binds an address of the option `officers` to the one admin user who has it now. Needs `configure`, and whatever
 * the address grants.
 */
export const POST = async (req: MedusaRequest<z.output<typeof bindOfficerSchema>>, res: MedusaResponse) => {
  const { user } = req.validatedBody
  res.json({ privacy_permission: await privacyOf(req).bindOfficer(user, await permissionsOf(req), actorOf(req)) })
}
