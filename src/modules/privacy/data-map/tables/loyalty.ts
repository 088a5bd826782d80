import type { TableDeclaration } from "../definition"
import { customerReference, freeText, metadata } from "./common"

/** Store credit and gift cards of the official loyalty plugin. Balances are settled by the erasure itself. */
export const loyaltyTables: TableDeclaration[] = [
  {
    table: "cart_cart_loyalty_gift_card",
    module: "loyalty",
    kind: "gift cards",
    rows: [{ column: "cart_id", of: "cart" }],
    columns: {},
    technical: ["cart_id", "gift_card_id"],
  },
  {
    table: "order_order_loyalty_gift_card",
    module: "loyalty",
    kind: "gift cards",
    rows: [{ column: "order_id", of: "order" }],
    columns: {},
    technical: ["order_id", "gift_card_id"],
  },
  {
    table: "loyalty_gift_card",
    module: "loyalty",
    kind: "gift cards",
    rows: [
      { column: "id", of: "cart_cart_loyalty_gift_card", parent_column: "gift_card_id" },
      { column: "id", of: "order_order_loyalty_gift_card", parent_column: "gift_card_id" },
      { column: "line_item_id", of: "order_line_item" },
    ],
    columns: {
      code: { category: "credential", anonymize: { strategy: "pseudonym", form: "row" } },
      note: freeText,
      metadata,
    },
    technical: ["status", "currency_code", "line_item_id", "raw_value", "reference_id", "reference"],
  },
  {
    table: "loyalty_gift_card_store_credit_store_credit_account",
    module: "loyalty",
    kind: "gift cards",
    rows: [{ column: "gift_card_id", of: "loyalty_gift_card" }],
    columns: {},
    technical: ["gift_card_id", "store_credit_account_id"],
  },
  {
    table: "store_credit_account",
    module: "loyalty",
    kind: "store credit",
    rows: [
      { column: "customer_id", of: "customer" },
      { column: "id", of: "loyalty_gift_card_store_credit_store_credit_account", parent_column: "store_credit_account_id" },
    ],
    columns: {
      code: { category: "credential", anonymize: "null" },
      customer_id: customerReference,
      metadata,
    },
    technical: ["currency_code"],
  },
  {
    table: "store_credit_account_transaction",
    module: "loyalty",
    kind: "store credit",
    rows: [{ column: "account_id", of: "store_credit_account" }],
    columns: { note: freeText, metadata },
    technical: ["type", "reference", "reference_id", "account_id", "raw_amount"],
  },
]
