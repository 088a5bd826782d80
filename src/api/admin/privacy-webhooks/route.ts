import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf, privacyOf } from "../../utils/officer"
import { pageSchema } from "../../utils/pagination"
import { parseQuery } from "../../utils/parse-query"
import type { WebhookBody } from "./validators"

/** GET /admin/privacy-webhooks. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const page = parseQuery(pageSchema.strict(), req)
  const { webhooks, count } = await privacyOf(req).viewWebhooks(page)
  res.json({ privacy_webhooks: webhooks, count, ...page })
}

/** POST /admin/privacy-webhooks: 201 with the webhook and its `secret`, shown this once. Needs `configure`; 400 when the URL may not be called. */
export const POST = async (req: MedusaRequest<WebhookBody>, res: MedusaResponse) => {
  const { webhook, secret } = await privacyOf(req).addWebhook(req.validatedBody, actorOf(req))
  res.status(201).json({ privacy_webhook: webhook, secret })
}
