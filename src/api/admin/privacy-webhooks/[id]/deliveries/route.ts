import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../../utils/officer"
import { parseQuery } from "../../../../utils/parse-query"
import { webhookDeliveriesQuerySchema } from "../../../privacy-deliveries/validators"

/** GET /admin/privacy-webhooks/:id/deliveries: newest first. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { limit, offset, ...filters } = parseQuery(webhookDeliveriesQuerySchema, req)
  const { id } = await privacyOf(req).viewWebhook(req.params.id)
  const { deliveries, count } = await privacyOf(req).viewDeliveries({ ...filters, webhook_id: id }, { limit, offset })
  res.json({ privacy_deliveries: deliveries, count, offset, limit })
}
