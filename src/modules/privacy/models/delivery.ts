import { model } from "@medusajs/framework/utils"

/** The outbox: something that must be told to somebody, written in the transaction that makes it true. */
export const PrivacyDelivery = model
  .define("privacy_delivery", {
    id: model.id({ prefix: "prvdel" }).primaryKey(),
    request_id: model.text(),
    subject_id: model.text(),
    /** "event_bus", "copies" (caches, search), "files", "exports", "feed" (the admin's notifications), "email", "archives" (extracts to be removed). */
    destination: model.text(),
    event: model.text(),
    /** Ids and hashes only. */
    payload: model.json(),
    status: model.enum(["pending", "sent", "failed"]).default("pending"),
    attempts: model.number().default(0),
    next_attempt_at: model.dateTime(),
    delivered_at: model.dateTime().nullable(),
    error: model.text().nullable(),
  })
  .indexes([{ on: ["next_attempt_at"], where: "status = 'pending'" }, { on: ["subject_id"] }])
