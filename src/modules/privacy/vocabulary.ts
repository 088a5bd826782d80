/**
 * The words that server and admin share. Constants only, and no imports: the admin's bundle takes this file in as it is.
 */

/** What an officer may be allowed to do. */
export const PERMISSIONS = ["view", "extract", "erase", "approve", "override", "configure"] as const

export type Permission = (typeof PERMISSIONS)[number]

/** What a column can say about a person. */
export const CATEGORIES = [
  "identity", "contact", "location", "credential", "financial", "behaviour", "free_text", "technical",
] as const

export type Category = (typeof CATEGORIES)[number]

export const METHODS = ["anonymize", "delete"] as const

/** How a subject is erased: masked under its own id, or removed with its orders handed to the Unknown Customer. */
export type Method = (typeof METHODS)[number]

/** How an extract is written. */
export const FORMATS = ["json", "csv"] as const

export type ExtractFormat = (typeof FORMATS)[number]

/** What becomes of what a subject has left to spend. */
export const VALUE_CHOICES = ["invalidate", "hold"] as const

export type ValueChoice = (typeof VALUE_CHOICES)[number]

/** Every reason that can hold an erasure back, in the order officers read it. */
export const HOLD_CODES = [
  "open_order",
  "unpaid_order",
  "refund_due",
  "open_fulfillment",
  "open_return",
  "open_claim",
  "open_exchange",
  "open_order_change",
  "draft_order",
  "retention_period",
  "legal_hold",
  "unspent_value",
  "changed_since_plan",
] as const

export type HoldCode = (typeof HOLD_CODES)[number]

/** Holds whose severity a store may set, and that an officer may force. A subject that changed since it was filed is looked at again instead. */
export type ForcibleHoldCode = Exclude<HoldCode, "changed_since_plan">

export const FORCIBLE_HOLD_CODES = HOLD_CODES.filter((code): code is ForcibleHoldCode => code !== "changed_since_plan")

/** States of a privacy request. */
export const REQUEST_STATUSES = [
  "awaiting_approval", "scheduled", "pending", "in_progress", "stopped", "complete", "canceled", "failed",
] as const

export type RequestStatus = (typeof REQUEST_STATUSES)[number]

/** States of one subject of a request. */
export const SUBJECT_STATUSES = ["pending", "complete", "held", "failed", "not_found", "canceled"] as const

export type SubjectStatus = (typeof SUBJECT_STATUSES)[number]

export const DELIVERY_STATUSES = ["pending", "sent", "acknowledged", "failed", "abandoned"] as const

export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** What webhooks can be told. */
export const WEBHOOK_EVENTS = ["user.deleted", "privacy_request.completed", "extract.ready"] as const

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

/** Parts of Medusa that are told through the outbox. */
export const LOCAL_DESTINATIONS = ["event_bus", "workflow", "copies", "files", "exports", "feed", "email", "archives"] as const

export type LocalDestination = (typeof LOCAL_DESTINATIONS)[number]

/** Languages the server writes for officers in: what explains an extract, the bell. The first is for everybody else. */
export const LANGUAGES = ["en", "de"] as const

export type Language = (typeof LANGUAGES)[number]
