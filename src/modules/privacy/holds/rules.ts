import { normalizedEmail } from "../database/email-form/normalize-email-sql"
import type { ForcibleHoldCode } from "./codes"

/** The numbers in a rule's message. */
export interface HoldParams {
  /** Records found. */
  count: number
  /** Days of the retention period. */
  days?: number
  /** What is left to spend, per currency. */
  value?: { currency_code: string; amount: number }[]
}

/** A reason to hold an erasure back: certain rows of an entry. */
export interface HoldRule {
  code: ForcibleHoldCode
  /** "block" unless the store's options say otherwise. */
  severity: "block" | "warn" | "ignore"
  /** Told to the officer. */
  message(params: HoldParams): string
  /** Entry of the data map, named as its table. */
  entry: string
  /** Which of its rows hold: SQL over the row as `t`. However the rows are searched, this decides. */
  condition: string
  /** True where the number of rows says nothing: one hold lies over an account and each guest record under its address. */
  uncounted?: boolean
}

const plural = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`)

const LIVE = "t.deleted_at IS NULL"

/** Of a legal hold `h`. */
const IN_FORCE = "h.released_at IS NULL AND h.deleted_at IS NULL"

/** What the rules read of an order; a list of any length is looked at without reading its orders again for each rule. */
export const ORDER_FACTS = ["status", "version", "currency_code", "is_draft_order", "created_at", "canceled_at", "deleted_at"]

/** Live, real orders. */
const order = (condition: string) => ({
  entry: "order",
  condition: `${LIVE} AND NOT t.is_draft_order AND t.canceled_at IS NULL AND t.status NOT IN ('canceled', 'draft') AND ${condition}`,
})

const live = (entry: string, condition: string) => ({ entry, condition: `${LIVE} AND ${condition}` })

/** Up to one unit of the currency's last digit is rounding, not money: Medusa itself calls such an order paid. */
const ROUNDING = "power(10::numeric, -coalesce((SELECT cur.decimal_digits FROM currency AS cur WHERE lower(cur.code) = lower(t.currency_code)), 2))"

const PENDING = "(sm.totals ->> 'pending_difference')::numeric"

/**
 * What is owed on the order's latest version, by Medusa's own summary: above zero by the customer, below zero to the customer. Asked as a
 * question of existence, which the database can answer from the summaries' side too: order by order, a long list's would take seconds. And asked
 * for the sign, which planners take for a rare thing, and rare it is.
 */
const owes = (sign: 1 | -1) => `EXISTS (
  SELECT 1 FROM order_summary AS sm WHERE sm.order_id = t.id AND sm.deleted_at IS NULL AND sign(${PENDING}) = ${sign} AND abs(${PENDING}) > ${ROUNDING}
    AND NOT EXISTS (SELECT 1 FROM order_summary AS later WHERE later.order_id = sm.order_id AND later.version > sm.version AND later.deleted_at IS NULL)
)`

/** Staff said that nothing more is to be done. */
const closed = (order: string) => `${order}.status IN ('completed', 'archived')`

/** Items `i` of an order as it stands now that must be shipped and are not fulfilled. */
const toBeSent = (order: string) => `order_item AS i JOIN order_line_item AS li ON li.id = i.item_id
  WHERE i.order_id = ${order}.id AND i.version = ${order}.version AND i.deleted_at IS NULL AND li.requires_shipping AND i.quantity > i.fulfilled_quantity`

const openChange = (column: string) =>
  `EXISTS (SELECT 1 FROM order_change AS c WHERE c.${column} = t.id AND c.status IN ('pending', 'requested') AND c.deleted_at IS NULL)`

const openReturn = (column: string) =>
  `EXISTS (SELECT 1 FROM "return" AS b WHERE b.${column} = t.id AND b.canceled_at IS NULL AND b.deleted_at IS NULL
     AND b.status IN ('open', 'requested', 'partially_received'))`

/** A claim or exchange whose replacement is still to be sent. */
const openReplacement = (table: string, column: string, condition = "TRUE") =>
  `EXISTS (SELECT 1 FROM "order" AS o WHERE o.id = t.order_id AND o.canceled_at IS NULL AND NOT ${closed("o")} AND EXISTS (
     SELECT 1 FROM ${toBeSent("o")} AND i.item_id IN (
       SELECT a.item_id FROM ${table} AS a WHERE a.${column} = t.id AND a.deleted_at IS NULL AND ${condition})))`

/**
 * The rules, in the order officers read them.
 *
 * @param retentionDays see the option `retention_days`
 */
export const holdRules = (retentionDays: number): HoldRule[] => [
  {
    code: "open_order",
    severity: "block",
    message: ({ count }) => `${plural(count, "order is", "orders are")} not fully fulfilled. Fulfil or cancel what is open.`,
    // What comes back was fulfilled before, so that returns change nothing here.
    ...order(`NOT ${closed("t")} AND EXISTS (SELECT 1 FROM ${toBeSent("t")})`),
  },
  {
    code: "unpaid_order",
    severity: "block",
    message: ({ count }) => `${plural(count, "order is", "orders are")} not fully paid. Capture the payment, or cancel or complete the order.`,
    ...order(`NOT ${closed("t")} AND ${owes(1)}`),
  },
  {
    code: "refund_due",
    severity: "block",
    message: ({ count }) => `Money is still owed to the customer on ${plural(count, "order", "orders")}. Refund it first.`,
    ...order(owes(-1)),
  },
  {
    code: "open_fulfillment",
    severity: "block",
    message: ({ count }) => `${plural(count, "fulfillment is", "fulfillments are")} not shipped yet. Ship or cancel it.`,
    // Parcels to the customer only: the fulfillment of a return stays "not shipped" for ever, even when the return has come.
    ...live(
      "fulfillment",
      `t.canceled_at IS NULL AND t.shipped_at IS NULL AND t.delivered_at IS NULL AND t.requires_shipping
       AND EXISTS (SELECT 1 FROM order_fulfillment AS link WHERE link.fulfillment_id = t.id AND link.deleted_at IS NULL)`
    ),
  },
  {
    code: "open_return",
    severity: "block",
    message: ({ count }) => `${plural(count, "return is", "returns are")} open. Receive or cancel it.`,
    ...live("return", "t.canceled_at IS NULL AND t.status IN ('open', 'requested', 'partially_received')"),
  },
  {
    code: "open_claim",
    severity: "block",
    message: ({ count }) => `${plural(count, "claim is", "claims are")} open. Settle or cancel it.`,
    ...live(
      "order_claim",
      `t.canceled_at IS NULL AND (${openChange("claim_id")} OR ${openReturn("claim_id")}
         OR ${openReplacement("order_claim_item", "claim_id", "a.is_additional_item")})`
    ),
  },
  {
    code: "open_exchange",
    severity: "block",
    message: ({ count }) => `${plural(count, "exchange is", "exchanges are")} open. Settle or cancel it.`,
    ...live(
      "order_exchange",
      `t.canceled_at IS NULL AND (${openChange("exchange_id")} OR ${openReturn("exchange_id")}
         OR ${openReplacement("order_exchange_item", "exchange_id")})`
    ),
  },
  {
    code: "open_order_change",
    severity: "block",
    message: ({ count }) => `${plural(count, "order edit or transfer is", "order edits or transfers are")} waiting. Confirm or cancel it.`,
    ...live(
      "order_change",
      "t.status IN ('pending', 'requested') AND t.return_id IS NULL AND t.claim_id IS NULL AND t.exchange_id IS NULL"
    ),
  },
  {
    code: "draft_order",
    severity: "warn",
    message: ({ count }) => `${plural(count, "draft order", "draft orders")} will lose the customer's data too.`,
    ...live("order", "t.canceled_at IS NULL AND t.is_draft_order"),
  },
  {
    code: "retention_period",
    severity: retentionDays ? "block" : "ignore",
    message: ({ count, days }) => `${plural(count, "order lies", "orders lie")} within the retention period of ${days} days.`,
    ...order(`t.created_at > now() - make_interval(days => ${retentionDays})`),
  },
  {
    code: "legal_hold",
    severity: "block",
    message: () => "A legal hold is in force for this customer. It must be released first.",
    // Of a customer the shop "deleted" as well. A hold on an account holds the guest records under its address too, where they are erased by themselves;
    // holds are few: their addresses are read once, and not each record's holds.
    entry: "customer",
    condition: `(t.id IN (SELECT h.customer_id FROM privacy_legal_hold AS h WHERE ${IN_FORCE})
      OR (NOT t.has_account OR t.deleted_at IS NOT NULL) AND ${normalizedEmail("t.email")} IN (
        SELECT ${normalizedEmail("a.email")} FROM privacy_legal_hold AS h JOIN customer AS a ON a.id = h.customer_id
        WHERE ${IN_FORCE} AND a.has_account AND a.deleted_at IS NULL AND btrim(a.email) <> ''))`,
    uncounted: true,
  },
]
