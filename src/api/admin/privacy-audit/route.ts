import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { pageSchema } from "../../utils/pagination"
import { privacyOf } from "../../utils/officer"
import { parseQuery } from "../../utils/parse-query"

/** GET /admin/privacy-audit: the audit log, newest first. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const page = parseQuery(pageSchema.strict(), req)
  const { entries, count } = await privacyOf(req).viewAudit(page)
  res.json({ privacy_audit: entries, count, ...page })
}
