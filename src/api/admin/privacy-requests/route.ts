import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../utils/officer"
import { requestsQuerySchema } from "./validators"
import { parseQuery } from "../../utils/parse-query"

/** GET /admin/privacy-requests: newest first, by type, status or customer. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { limit, offset, ...filters } = parseQuery(requestsQuerySchema, req)
  const { requests, count } = await privacyOf(req).viewRequests(filters, { limit, offset })
  res.json({ privacy_requests: requests, count, offset, limit })
}
