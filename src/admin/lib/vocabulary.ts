import {
  type ErasureMethod,
  type ExtractFormat,
  type ValueChoice,
} from "./contract"

/** The categories a column of the data map can have. */
export const CATEGORIES = [
  "identity",
  "contact",
  "location",
  "credential",
  "financial",
  "behaviour",
  "free_text",
  "technical",
] as const

/** Categories that always follow the data map: keys and logins. */
export const FIXED_CATEGORIES: string[] = ["credential", "technical"]

export const ERASURE_METHODS: ErasureMethod[] = ["anonymize", "delete"]

export const EXTRACT_FORMATS: ExtractFormat[] = ["json", "csv"]

/** What can hold a customer, in the order officers read it. */
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
]

export const VALUE_CHOICES: ValueChoice[] = ["invalidate", "hold"]

/** The reason that is not a hold. */
export const FAILURE = "failure"

/** As many profiles as a select can offer in one go. */
export const PROFILE_CHOICES = 100
