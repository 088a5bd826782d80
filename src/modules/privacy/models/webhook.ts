import { model } from "@medusajs/framework/utils"

/** An address that is told about events, by Standard Webhooks. */
export const PrivacyWebhook = model
  .define("privacy_webhook", {
    id: model.id({ prefix: "prvwh" }).primaryKey(),
    url: model.text(),
    description: model.text().nullable(),
    event_types: model.array(),
    /** Sealed; shown once, when it is made. */
    secret: model.text(),
    /** Signs beside the new one until the day after a rotation. */
    previous_secret: model.text().nullable(),
    previous_secret_until: model.dateTime().nullable(),
    enabled: model.boolean().default(true),
    /** Why it is off: "officer", "gone" (answered 410), "failing" (for days). */
    disabled_reason: model.enum(["officer", "gone", "failing"]).nullable(),
    failing_since: model.dateTime().nullable(),
  })
