import { literal } from "../../database/sql"
import { REDACTED } from "../../strategies/redact"
import type { MedusaTable } from "../definition"
import { customerReference, linkedBy, metadata, partOf, postalAddress } from "./common"
import { LINE_ITEM_FACTS } from "./order"

/**
 * Whoever corrects an address at checkout leaves the old one behind as a row no cart knows any more: of no use to anybody, and with
 * nothing but its words to say whose it is. The same name with the same street, telephone or postcode is the subject.
 */
const LEFT_BEHIND = `t.first_name = parent.first_name AND parent.last_name <> ${literal(REDACTED)}
  AND (t.address_1 = parent.address_1 OR t.phone = parent.phone OR t.postal_code = parent.postal_code)
  -- A cart uses nearly all that match, most often the subject's own: the first look finds it. CASE keeps the order, and naming the parent keeps the looks behind the join,
  -- from being made for every address there is.
  AND CASE WHEN t.id = parent.id OR t.id IN (SELECT used.key FROM privacy_rows AS used WHERE used.entry = 'cart_address') THEN FALSE
    ${["shipping_address_id", "billing_address_id"]
      .flatMap((column) => ["NULL", "NOT NULL"].map((deleted) => [column, deleted]))
      .map(
        ([column, deleted]) =>
          `WHEN (SELECT count(*) FROM cart AS user_of WHERE user_of.${column} = t.id AND user_of.deleted_at IS ${deleted} AND parent.last_name = t.last_name) > 0 THEN FALSE`
      )
      .join(" ")}
    ELSE TRUE END`

export const cartTables: MedusaTable[] = [
  {
    table: "order_cart",
    module: "order",
    kind: "carts",
    rows: [partOf("order_id", "order")],
    columns: {},
    technical: ["order_id", "cart_id"],
  },
  {
    table: "cart",
    module: "cart",
    kind: "carts",
    rows: [
      partOf("customer_id", "customer"),
      { column: "email", identifier: "email", owner: "customer_id" },
      // The cart of an order that was transferred is its former owner's.
      { ...linkedBy("id", "order_cart", "cart_id", "unclaimed"), owner: "customer_id" },
    ],
    columns: {
      email: { category: "contact", anonymize: "pseudonym" },
      customer_id: customerReference,
      metadata,
    },
    technical: ["region_id", "sales_channel_id", "currency_code", "shipping_address_id", "billing_address_id", "locale"],
  },
  {
    table: "cart_address",
    module: "cart",
    kind: "addresses",
    rows: [
      partOf("id", "cart", "shipping_address_id"),
      partOf("id", "cart", "billing_address_id"),
    ],
    used_by: [{ table: "cart", columns: ["shipping_address_id", "billing_address_id"], owner: "customer_id" }],
    columns: { ...postalAddress, customer_id: customerReference },
    recipient: "first_name",
  },
  {
    table: "cart_address",
    name: "left_cart_address",
    module: "cart",
    kind: "addresses",
    rows: ["cart_address", "customer_address", "order_address"].map((of) => ({
      column: "last_name",
      of,
      parent_column: "last_name",
      where: LEFT_BEHIND,
      owner: "customer_id",
      index_with: ["first_name"],
      by_words: true,
    })),
    delete_row: ["anonymize", "delete"],
    columns: postalAddress,
    technical: ["customer_id"],
    recipient: "first_name",
  },
  {
    table: "cart_line_item",
    module: "cart",
    kind: "cart items",
    rows: [partOf("cart_id", "cart")],
    columns: { metadata },
    technical: [...LINE_ITEM_FACTS, "cart_id"],
  },
  {
    table: "cart_line_item_adjustment",
    module: "cart",
    kind: "cart items",
    rows: [partOf("item_id", "cart_line_item")],
    columns: { metadata },
    technical: ["description", "promotion_id", "code", "raw_amount", "provider_id", "item_id"],
  },
  {
    table: "cart_line_item_tax_line",
    module: "cart",
    kind: "cart items",
    rows: [partOf("item_id", "cart_line_item")],
    columns: { metadata, data: metadata },
    technical: ["description", "tax_rate_id", "code", "provider_id", "item_id"],
  },
  {
    table: "cart_shipping_method",
    module: "cart",
    kind: "cart shipping",
    rows: [partOf("cart_id", "cart")],
    columns: { data: metadata, metadata, description: metadata },
    technical: ["cart_id", "name", "raw_amount", "shipping_option_id"],
  },
  {
    table: "cart_shipping_method_adjustment",
    module: "cart",
    kind: "cart shipping",
    rows: [partOf("shipping_method_id", "cart_shipping_method")],
    columns: { metadata },
    technical: ["description", "promotion_id", "code", "raw_amount", "provider_id", "shipping_method_id"],
  },
  {
    table: "cart_shipping_method_tax_line",
    module: "cart",
    kind: "cart shipping",
    rows: [partOf("shipping_method_id", "cart_shipping_method")],
    columns: { metadata, data: metadata },
    technical: ["description", "tax_rate_id", "code", "provider_id", "shipping_method_id"],
  },
  {
    table: "credit_line",
    module: "cart",
    kind: "cart items",
    rows: [partOf("cart_id", "cart")],
    columns: { metadata },
    technical: ["cart_id", "reference", "reference_id", "raw_amount"],
  },
  {
    table: "cart_payment_collection",
    module: "payment",
    kind: "payments",
    rows: [partOf("cart_id", "cart")],
    columns: {},
    technical: ["cart_id", "payment_collection_id"],
  },
]
