import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf, privacyOf } from "../../../../utils/officer"

/** POST /admin/privacy-webhooks/:id/send-test: 202; a `webhook.test` is on its way and shows among the deliveries. Needs `configure`. */
export const POST = async (req: MedusaRequest, res: MedusaResponse) => {
  await privacyOf(req).sendTestEvent(req.params.id, actorOf(req))
  res.status(202).json({ privacy_webhook: await privacyOf(req).viewWebhook(req.params.id) })
}
