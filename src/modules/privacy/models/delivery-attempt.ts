import { model } from "@medusajs/framework/utils"

/** One try to bring a delivery to a webhook or another system. */
export const PrivacyDeliveryAttempt = model
  .define("privacy_delivery_attempt", {
    id: model.id({ prefix: "prvatt" }).primaryKey(),
    delivery_id: model.text(),
    outcome: model.enum(["ok", "error"]),
    /** HTTP status of the answer; null when none came. */
    status_code: model.number().nullable(),
    duration_ms: model.number(),
    error: model.text().nullable(),
    /** Shape of the answer's body: its keys, no values. */
    response: model.text().nullable(),
  })
  .indexes([{ on: ["delivery_id", "created_at"] }])
