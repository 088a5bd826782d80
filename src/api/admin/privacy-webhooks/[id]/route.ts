import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf, privacyOf } from "../../../utils/officer"
import type { WebhookUpdateBody } from "../validators"

/** GET /admin/privacy-webhooks/:id. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ privacy_webhook: await privacyOf(req).viewWebhook(req.params.id) })
}

/** POST /admin/privacy-webhooks/:id: changes it; `enabled` switches it on again. Needs `configure`. */
export const POST = async (req: MedusaRequest<WebhookUpdateBody>, res: MedusaResponse) => {
  res.json({ privacy_webhook: await privacyOf(req).changeWebhook(req.params.id, req.validatedBody, actorOf(req)) })
}

/** DELETE /admin/privacy-webhooks/:id: what waits for it fails. Needs `configure`. */
export const DELETE = async (req: MedusaRequest, res: MedusaResponse) => {
  await privacyOf(req).removeWebhook(req.params.id, actorOf(req))
  res.json({ id: req.params.id, object: "privacy_webhook", deleted: true })
}
