import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf, privacyOf } from "../../../../utils/officer"

/** POST /admin/privacy-webhooks/:id/rotate-secret: a new `secret`, shown this once; the one before signs too for a day. Needs `configure`. */
export const POST = async (req: MedusaRequest, res: MedusaResponse) => {
  const { webhook, secret } = await privacyOf(req).rotateWebhookSecret(req.params.id, actorOf(req))
  res.json({ privacy_webhook: webhook, secret })
}
