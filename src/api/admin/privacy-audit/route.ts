import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { keyPageSchema } from "../../utils/pagination"
import { privacyOf } from "../../utils/officer"
import { parseQuery } from "../../utils/parse-query"

/** GET /admin/privacy-audit: the audit log, newest first, paged by key. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const page = parseQuery(keyPageSchema.strict(), req)
  const { rows, next, estimate_count } = await privacyOf(req).viewAudit(page)
  res.json({ privacy_audit: rows, limit: page.limit, next, estimate_count })
}
