/** Every reason that can hold an erasure back. */
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
] as const

export type HoldCode = (typeof HOLD_CODES)[number]

export type Severity = "block" | "warn"
