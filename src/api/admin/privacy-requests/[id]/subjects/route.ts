import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../../utils/officer"
import { parseQuery } from "../../../../utils/parse-query"
import { subjectsQuerySchema } from "../../validators"

/** GET /admin/privacy-requests/:id/subjects: hash and redacted form, state, holds and footprint of each; by status and by reason. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { limit, offset, ...filters } = parseQuery(subjectsQuerySchema, req)
  const { subjects, count } = await privacyOf(req).viewSubjects(req.params.id, filters, { limit, offset })
  res.json({ subjects, count, offset, limit })
}
