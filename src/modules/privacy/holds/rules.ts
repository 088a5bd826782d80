import { SCOPE } from "../data-map/live-map"
import type { HoldCode } from "./codes"

/** The numbers in a rule's message. */
export interface HoldParams {
  /** Records found. */
  count: number
  /** Days of the retention period. */
  days?: number
  /** What is left to spend, per currency. */
  value?: { currency_code: string; amount: number }[]
}

/** A reason to hold an erasure back, as SQL over the scope: columns `subject`, `count`. */
export interface HoldRule {
  code: HoldCode
  /** "block" unless the store's options say otherwise. */
  severity: "block" | "warn" | "ignore"
  /** Told to the officer. */
  message(params: HoldParams): string
  sql: string
}

const plural = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`)

/** Live, real orders of the scope, as `o` with their subject as `r.subject`. */
const orders = (condition: string) =>
  `SELECT r.subject, count(DISTINCT o.id)::int AS count
   FROM ${SCOPE.rows} AS r JOIN "order" AS o ON o.id = r.key AND o.deleted_at IS NULL
   WHERE r.entry = 'order' AND NOT o.is_draft_order AND o.canceled_at IS NULL AND o.status NOT IN ('canceled', 'draft')
     AND (${condition}) GROUP BY r.subject`

/** What is owed on an order's latest version, by Medusa's own summary: above zero by the customer, below zero to the customer. */
const PENDING = `(
  SELECT (sm.totals ->> 'pending_difference')::numeric FROM order_summary AS sm
  WHERE sm.order_id = o.id AND sm.deleted_at IS NULL ORDER BY sm.version DESC LIMIT 1
)`

/** Up to one unit of the currency's last digit is rounding, not money: Medusa itself calls such an order paid. */
const ROUNDING = "power(10::numeric, -coalesce((SELECT cur.decimal_digits FROM currency AS cur WHERE lower(cur.code) = lower(o.currency_code)), 2))"

/** Staff said that nothing more is to be done. */
const CLOSED = "o.status IN ('completed', 'archived')"

/** Items `i` of the order `o` as it stands now that must be shipped and are not fulfilled. */
const TO_BE_SENT = `order_item AS i JOIN order_line_item AS li ON li.id = i.item_id
  WHERE i.version = o.version AND i.deleted_at IS NULL AND li.requires_shipping AND i.quantity > i.fulfilled_quantity`

const ofEntry = (entry: string, table: string, condition: string) =>
  `SELECT r.subject, count(DISTINCT x.id)::int AS count FROM ${SCOPE.rows} AS r JOIN "${table}" AS x ON x.id = r.key AND x.deleted_at IS NULL
   WHERE r.entry = '${entry}' AND (${condition}) GROUP BY r.subject`

const openChange = (column: string) =>
  `EXISTS (SELECT 1 FROM order_change AS c WHERE c.${column} = x.id AND c.status IN ('pending', 'requested') AND c.deleted_at IS NULL)`

const openReturn = (column: string) =>
  `EXISTS (SELECT 1 FROM "return" AS b WHERE b.${column} = x.id AND b.canceled_at IS NULL AND b.deleted_at IS NULL
     AND b.status IN ('open', 'requested', 'partially_received'))`

/** A claim or exchange whose replacement is still to be sent. */
const openReplacement = (table: string, column: string, condition = "TRUE") =>
  `EXISTS (SELECT 1 FROM "order" AS o WHERE o.id = x.order_id AND o.canceled_at IS NULL AND NOT ${CLOSED} AND EXISTS (
     SELECT 1 FROM ${TO_BE_SENT} AND i.order_id = o.id AND i.item_id IN (
       SELECT a.item_id FROM ${table} AS a WHERE a.${column} = x.id AND a.deleted_at IS NULL AND ${condition})))`

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
    sql: orders(`NOT ${CLOSED} AND EXISTS (SELECT 1 FROM ${TO_BE_SENT} AND i.order_id = o.id)`),
  },
  {
    code: "unpaid_order",
    severity: "block",
    message: ({ count }) => `${plural(count, "order is", "orders are")} not fully paid. Capture the payment, or cancel or complete the order.`,
    sql: orders(`NOT ${CLOSED} AND ${PENDING} > 0 AND ${PENDING} > ${ROUNDING}`),
  },
  {
    code: "refund_due",
    severity: "block",
    message: ({ count }) => `Money is still owed to the customer on ${plural(count, "order", "orders")}. Refund it first.`,
    // The first comparison settles it for nearly all orders, without a look at the currency.
    sql: orders(`${PENDING} < 0 AND ${PENDING} < -${ROUNDING}`),
  },
  {
    code: "open_fulfillment",
    severity: "block",
    message: ({ count }) => `${plural(count, "fulfillment is", "fulfillments are")} not shipped yet. Ship or cancel it.`,
    // Parcels to the customer only: the fulfillment of a return stays "not shipped" for ever, even when the return has come.
    sql: ofEntry(
      "fulfillment",
      "fulfillment",
      `x.canceled_at IS NULL AND x.shipped_at IS NULL AND x.delivered_at IS NULL AND x.requires_shipping
       AND EXISTS (SELECT 1 FROM order_fulfillment AS link WHERE link.fulfillment_id = x.id AND link.deleted_at IS NULL)`
    ),
  },
  {
    code: "open_return",
    severity: "block",
    message: ({ count }) => `${plural(count, "return is", "returns are")} open. Receive or cancel it.`,
    sql: ofEntry("return", "return", "x.canceled_at IS NULL AND x.status IN ('open', 'requested', 'partially_received')"),
  },
  {
    code: "open_claim",
    severity: "block",
    message: ({ count }) => `${plural(count, "claim is", "claims are")} open. Settle or cancel it.`,
    sql: ofEntry(
      "order_claim",
      "order_claim",
      `x.canceled_at IS NULL AND (${openChange("claim_id")} OR ${openReturn("claim_id")}
         OR ${openReplacement("order_claim_item", "claim_id", "a.is_additional_item")})`
    ),
  },
  {
    code: "open_exchange",
    severity: "block",
    message: ({ count }) => `${plural(count, "exchange is", "exchanges are")} open. Settle or cancel it.`,
    sql: ofEntry(
      "order_exchange",
      "order_exchange",
      `x.canceled_at IS NULL AND (${openChange("exchange_id")} OR ${openReturn("exchange_id")}
         OR ${openReplacement("order_exchange_item", "exchange_id")})`
    ),
  },
  {
    code: "open_order_change",
    severity: "block",
    message: ({ count }) => `${plural(count, "order edit or transfer is", "order edits or transfers are")} waiting. Confirm or cancel it.`,
    sql: ofEntry(
      "order_change",
      "order_change",
      "x.status IN ('pending', 'requested') AND x.return_id IS NULL AND x.claim_id IS NULL AND x.exchange_id IS NULL"
    ),
  },
  {
    code: "draft_order",
    severity: "warn",
    message: ({ count }) => `${plural(count, "draft order", "draft orders")} will lose the customer's data too.`,
    sql: `SELECT r.subject, count(DISTINCT o.id)::int AS count FROM ${SCOPE.rows} AS r
      JOIN "order" AS o ON o.id = r.key AND o.deleted_at IS NULL AND o.canceled_at IS NULL
      WHERE r.entry = 'order' AND o.is_draft_order GROUP BY r.subject`,
  },
  {
    code: "retention_period",
    severity: retentionDays ? "block" : "ignore",
    message: ({ count, days }) => `${plural(count, "order lies", "orders lie")} within the retention period of ${days} days.`,
    sql: orders(`o.created_at > now() - make_interval(days => ${retentionDays})`),
  },
  {
    code: "legal_hold",
    severity: "block",
    message: () => "A legal hold is in force for this customer. It must be released first.",
    sql: `SELECT r.subject, count(*)::int AS count FROM ${SCOPE.rows} AS r
      JOIN privacy_legal_hold AS h ON h.customer_id = r.key AND h.released_at IS NULL AND h.deleted_at IS NULL
      WHERE r.entry = 'customer' GROUP BY r.subject`,
  },
]
