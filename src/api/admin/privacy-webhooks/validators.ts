import { z } from "@medusajs/framework/zod"
import { WEBHOOK_EVENTS } from "../../../modules/privacy/webhooks/events"

export const webhookSchema = z
  .object({
    url: z.string().trim().min(1).max(2000),
    description: z.string().trim().max(1000).nullish(),
    event_types: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
    enabled: z.boolean().optional(),
  })
  .strict()

export const webhookUpdateSchema = webhookSchema.partial()

export type WebhookBody = z.infer<typeof webhookSchema>
export type WebhookUpdateBody = z.infer<typeof webhookUpdateSchema>
