import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../utils/officer"
import { parseQuery } from "../../utils/parse-query"
import { deliveriesQuerySchema } from "./validators"

/** GET /admin/privacy-deliveries: whom was told what, newest first. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { limit, offset, ...filters } = parseQuery(deliveriesQuerySchema, req)
  const { deliveries, count } = await privacyOf(req).viewDeliveries(filters, { limit, offset })
  res.json({ privacy_deliveries: deliveries, count, offset, limit, destinations: privacyOf(req).destinationIds })
}
