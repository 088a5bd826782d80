import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../utils/conflicts"
import { actorOf, privacyOf } from "../../utils/officer"
import { languageOf } from "../../utils/language"
import { parseQuery } from "../../utils/parse-query"
import { bulkRequestSchema, identifiersOf, parseBulkBody } from "./bulk-input"
import { requestsQuerySchema } from "./validators"

/** GET /admin/privacy-requests: newest first, by type, status, requester, date, reference or customer. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { limit, offset, order, ...filters } = parseQuery(requestsQuerySchema, req)
  const { requests, count } = await privacyOf(req).viewRequests(filters, { limit, offset }, order)
  res.json({ privacy_requests: requests, count, offset, limit })
}

/**
 * POST /admin/privacy-requests: files a bulk erasure or extract of exactly the subjects the preview showed. Needs `erase` or `extract`.
 *
 * 202 with the request; 400 when the list, the number or a field is wrong; 409 with the difference when the plan changed.
 */
export const POST = answeringConflicts(async (req: MedusaRequest, res: MedusaResponse) => {
  const body = parseBulkBody(bulkRequestSchema, req)
  const request = await privacyOf(req).requestBulk({ ...body, identifiers: identifiersOf(req, body), language: languageOf(req), actor: actorOf(req) })
  res.status(202).json({ privacy_request: request })
})
