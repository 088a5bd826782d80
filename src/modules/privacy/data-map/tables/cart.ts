import { REDACTED } from "../../strategies/redact"
import type { MedusaTable, WordMatch } from "../definition"
import { customerReference, linkedBy, metadata, partOf, postalAddress } from "./common"
import { LINE_ITEM_FACTS } from "./order"

/** A cart refers to the address `t`. One look-up per column for live and for deleted carts: Medusa indexes them apart. */
const USED_BY_A_CART = ["shipping_address_id", "billing_address_id"]
  .flatMap((column) => ["NULL", "NOT NULL"].map((deleted) => [column, deleted]))
  .map(
    ([column, deleted]) => `(
    SELECT count(*)
    FROM cart AS user_of
    WHERE user_of.${column} = t.id
      AND user_of.deleted_at IS ${deleted}
      AND words.last_name = t.last_name) > 0`
  )
  .join(" OR ")

/**
 * A corrected address at checkout leaves the old one behind as a row that no cart refers to any more. Only its words say whose it is: the same
 * name with the same street, telephone or postcode is the subject.
 */
const LEFT_BEHIND: WordMatch = { one_of: ["address_1", "phone", "postal_code"], masked: REDACTED, unless: USED_BY_A_CART }

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
      owner: "customer_id",
      index_with: ["first_name"],
      by_words: LEFT_BEHIND,
    })),
    // Masked and not removed: for each address that goes, the foreign keys of `cart` have the database look through all carts.
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
