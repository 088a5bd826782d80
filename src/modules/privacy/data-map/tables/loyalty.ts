import { normalizedEmail } from "../../database/email-form/normalize-email-sql"
import { literal } from "../../database/sql"
import type { PrivacyOptions } from "../../options"
import type { MedusaTable } from "../definition"
import { SCOPE } from "../live-map"
import { customerReference, freeText, linkedBy, metadata, partOf, payer } from "./common"

type Columns = MedusaTable["columns"]

const giftCardWords: Columns = {
  code: { category: "credential", anonymize: { strategy: "pseudonym", form: "row" } },
  note: freeText,
  metadata,
}
const giftCardFacts = ["status", "currency_code", "line_item_id", "raw_value", "reference_id", "reference"]

const accountWords: Columns = { code: { category: "credential", anonymize: "null" }, customer_id: customerReference, metadata }
const accountFacts = ["currency_code"]

const transactionWords: Columns = { note: freeText, metadata }
const transactionFacts = ["type", "reference", "reference_id", "account_id", "raw_amount"]

/** Stays on a card that was left to its recipient: whom it was sent to is gone afterwards, and the card must not be voided by a later run. */
export const GIFTED = "privacy_gifted"

/** Gift cards `t` bought with a line `p` of the subject's that name somebody else as the one they are for. */
const sentToAnother = (keys: string[]) => `(t.metadata ? '${GIFTED}' OR EXISTS (
  SELECT 1 FROM order_line_item AS bought CROSS JOIN unnest(ARRAY[${keys.map(literal).join(", ")}]) AS named (key)
  CROSS JOIN LATERAL (SELECT ${normalizedEmail("coalesce(t.metadata ->> named.key, bought.metadata ->> named.key)")} AS email) AS recipient
  WHERE bought.id = p.key AND recipient.email LIKE '%_@_%'
    AND NOT EXISTS (SELECT 1 FROM ${SCOPE.identifiers} AS own WHERE own.subject = p.subject AND own.type = 'email' AND own.value = recipient.email)))`

/** Whose the cards are that an order was paid with. */
const spender = payer("order_cart AS used JOIN cart AS paid ON paid.id = used.cart_id WHERE used.order_id = parent.order_id", ["order_cart"])

/** Whose the cards are that a line was bought for. */
const buyer = payer(
  "order_item AS item JOIN order_cart AS used ON used.order_id = item.order_id JOIN cart AS paid ON paid.id = used.cart_id WHERE item.item_id = p.key AND item.deleted_at IS NULL",
  ["order_item", "order_cart"]
)

const ofLine = { column: "line_item_id", of: "order_line_item", owner: buyer }

/** Cards the subject gave away, where the shop leaves them to whoever got them. */
const giftedCards = (keys: string[]): MedusaTable => ({
  table: "loyalty_gift_card",
  name: "gifted_gift_card",
  module: "loyalty",
  kind: "gift cards",
  rows: [{ ...ofLine, where: sentToAnother(keys) }],
  columns: { note: freeText, metadata: { category: "free_text", anonymize: { strategy: "json_keep", keys: [GIFTED] } } },
  technical: [...giftCardFacts, "code"],
})

/** Store credit and gift cards of the official loyalty plugin. Balances are settled by the erasure itself. */
export const loyaltyTables = ({ gifted_cards, recipient_keys }: PrivacyOptions["value"]): MedusaTable[] => [
  {
    table: "cart_cart_loyalty_gift_card",
    module: "loyalty",
    kind: "gift cards",
    rows: [partOf("cart_id", "cart")],
    columns: {},
    technical: ["cart_id", "gift_card_id"],
  },
  {
    table: "order_order_loyalty_gift_card",
    module: "loyalty",
    kind: "gift cards",
    rows: [partOf("order_id", "order")],
    columns: {},
    technical: ["order_id", "gift_card_id"],
  },
  {
    table: "loyalty_gift_card",
    module: "loyalty",
    kind: "gift cards",
    rows: [
      // A card that was taken out of the cart again, or off the order, is whoever's it was.
      linkedBy("id", "cart_cart_loyalty_gift_card", "gift_card_id", "never"),
      { ...linkedBy("id", "order_order_loyalty_gift_card", "gift_card_id", "never"), owner: spender },
      {
        ...ofLine,
        ...(gifted_cards === "keep" ? { where: `NOT ${sentToAnother(recipient_keys)}` } : {}),
      },
    ],
    columns: giftCardWords,
    technical: giftCardFacts,
  },
  ...(gifted_cards === "keep" ? [giftedCards(recipient_keys)] : []),
  {
    table: "loyalty_gift_card_store_credit_store_credit_account",
    module: "loyalty",
    kind: "gift cards",
    rows: [partOf("gift_card_id", "loyalty_gift_card")],
    columns: {},
    technical: ["gift_card_id", "store_credit_account_id"],
  },
  {
    table: "store_credit_account",
    module: "loyalty",
    kind: "store credit",
    rows: [
      partOf("customer_id", "customer"),
      { ...linkedBy("id", "loyalty_gift_card_store_credit_store_credit_account", "store_credit_account_id", "never"), owner: "customer_id" },
    ],
    columns: accountWords,
    technical: accountFacts,
  },
  {
    table: "store_credit_account_transaction",
    module: "loyalty",
    kind: "store credit",
    rows: [partOf("account_id", "store_credit_account")],
    columns: transactionWords,
    technical: transactionFacts,
  },
  {
    // Claimed into the subject's own account, which is all that still points at it: a gift card's, or one staff made for the subject.
    table: "store_credit_account",
    name: "claimed_store_credit_account",
    module: "loyalty",
    kind: "store credit",
    rows: [{ ...linkedBy("id", "store_credit_account_transaction", "reference_id", "never"), where: "t.customer_id IS NULL" }],
    columns: accountWords,
    technical: accountFacts,
    others: ["metadata"],
  },
  {
    table: "store_credit_account_transaction",
    name: "claimed_store_credit_account_transaction",
    module: "loyalty",
    kind: "store credit",
    rows: [partOf("account_id", "claimed_store_credit_account")],
    columns: transactionWords,
    technical: transactionFacts,
    others: ["note", "metadata", "reference_id"],
  },
  {
    table: "loyalty_gift_card_store_credit_store_credit_account",
    name: "claimed_gift_card_store_credit_account",
    module: "loyalty",
    kind: "gift cards",
    rows: [partOf("store_credit_account_id", "claimed_store_credit_account")],
    columns: {},
    technical: ["gift_card_id", "store_credit_account_id"],
  },
  {
    table: "loyalty_gift_card",
    name: "claimed_gift_card",
    module: "loyalty",
    kind: "gift cards",
    rows: [linkedBy("id", "claimed_gift_card_store_credit_account", "gift_card_id", "never")],
    columns: giftCardWords,
    technical: giftCardFacts,
    // The words, and the order, of whoever gave it.
    others: ["note", "metadata", "reference_id", "line_item_id"],
  },
]
