import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../utils/officer"
import { parseQuery } from "../../utils/parse-query"
import { deliveriesQuerySchema } from "./validators"

/** GET /admin/privacy-deliveries: whom was told what, newest first, paged by key. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { limit, cursor, ...filters } = parseQuery(deliveriesQuerySchema, req)
  const { rows, next, estimate_count } = await privacyOf(req).viewDeliveries(filters, { limit, cursor })
  res.json({ privacy_deliveries: rows, limit, next, estimate_count, destinations: privacyOf(req).destinationIds })
}
