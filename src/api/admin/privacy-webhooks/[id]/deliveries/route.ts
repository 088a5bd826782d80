import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../../utils/officer"
import { parseQuery } from "../../../../utils/parse-query"
import { webhookDeliveriesQuerySchema } from "../../../privacy-deliveries/validators"

/** GET /admin/privacy-webhooks/:id/deliveries: newest first, paged by key. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { limit, cursor, ...filters } = parseQuery(webhookDeliveriesQuerySchema, req)
  const { id } = await privacyOf(req).viewWebhook(req.params.id)
  const { rows, next, estimate_count } = await privacyOf(req).viewDeliveries({ ...filters, webhook_id: id }, { limit, cursor })
  res.json({ privacy_deliveries: rows, limit, next, estimate_count })
}
