import { model } from "@medusajs/framework/utils"
import { DELIVERY_STATUSES } from "../vocabulary"

/** The outbox: something that must be told to somebody, written in the transaction that makes it true. */
export const PrivacyDelivery = model
  .define("privacy_delivery", {
    id: model.id({ prefix: "prvdel" }).primaryKey(),
    request_id: model.text(),
    subject_id: model.text(),
    /**
     * "event_bus", "workflow", "copies" (caches, search), "files", "exports", "feed" (the admin's notifications), "email", "archives" (extracts to be
     * removed), "webhook", or the id of a destination in the options.
     */
    destination: model.text(),
    /** Deliveries of one lane wait for each other, those of two lanes do not: the destination, or the webhook's id. */
    lane: model.text(),
    webhook_id: model.text().nullable(),
    event: model.text(),
    /** Ids and hashes only. */
    payload: model.json(),
    /** What a destination needs to know the subject by, sealed; gone when the delivery ends (a database check keeps it so). */
    identifiers: model.text().nullable(),
    /** "sent": handed over, and where the destination says so, not confirmed yet. */
    status: model.enum([...DELIVERY_STATUSES]).default("pending"),
    attempts: model.number().default(0),
    /** When it is looked at next; a dispatcher that takes it moves this on, so that a crash only delays it. Null: it has ended. */
    next_attempt_at: model.dateTime().nullable(),
    /** The dispatcher's hold on it: what another one took over meanwhile is not written down twice. */
    lease: model.text().nullable(),
    /** Where a destination that answers in pages, or works for a while, has got to. */
    progress: model.json().nullable(),
    /** What the destination removed and retained, and its messages. */
    result: model.json().nullable(),
    delivered_at: model.dateTime().nullable(),
    acknowledged_at: model.dateTime().nullable(),
    deadline_at: model.dateTime().nullable(),
    /** When the officers were told that the deadline has passed. */
    overdue_notified_at: model.dateTime().nullable(),
    error: model.text().nullable(),
  })
  .indexes([
    { name: "IDX_privacy_delivery_lane_next", on: ["lane", "next_attempt_at"], where: "next_attempt_at IS NOT NULL" },
    { name: "IDX_privacy_delivery_deadline", on: ["deadline_at"], where: "deadline_at IS NOT NULL AND status IN ('pending', 'sent', 'failed')" },
    // What a destination with a quota was given lately.
    { name: "IDX_privacy_delivery_lane_delivered", on: ["lane", "delivered_at"], where: "deadline_at IS NOT NULL AND delivered_at IS NOT NULL" },
    { on: ["subject_id"] },
    // What the list of deliveries can be narrowed to, each in the order of the list.
    { on: ["request_id", "id"] },
    { on: ["webhook_id", "id"], where: "webhook_id IS NOT NULL" },
    { on: ["destination", "id"] },
    // Nearly all are `sent`: the list in its own order finds those soon.
    { on: ["status", "id"], where: "status <> 'sent'" },
  ])
