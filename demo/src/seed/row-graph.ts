/**
 * How the rows of a customer hang together: which rows of a table are reached from rows of another. Copying a customer and moving an
 * order into the past are both walks along it.
 */
export type Reach = {
  table: string
  /** The table whose rows lead here … */
  from: string
  /** … by a column (or an expression) of this table that holds their id … */
  by?: string
  /** … or by a column of theirs that holds this table's id. */
  at?: string
}

/** What a customer has apart from orders. */
export const CUSTOMER_ROWS: Reach[] = [
  { table: "customer_address", from: "customer", by: "customer_id" },
  { table: "customer_group_customer", from: "customer", by: "customer_id" },
  { table: "customer_account_holder", from: "customer", by: "customer_id" },
  { table: "account_holder", from: "customer_account_holder", at: "account_holder_id" },
  { table: "auth_identity", from: "customer", by: "app_metadata->>'customer_id'" },
  { table: "provider_identity", from: "auth_identity", by: "auth_identity_id" },
]

export const CART_ROWS: Reach[] = [
  { table: "cart_address", from: "cart", at: "shipping_address_id" },
  { table: "cart_address", from: "cart", at: "billing_address_id" },
  { table: "cart_line_item", from: "cart", by: "cart_id" },
  { table: "cart_line_item_tax_line", from: "cart_line_item", by: "item_id" },
]

export const ORDER_ROWS: Reach[] = [
  { table: "order_address", from: "order", at: "shipping_address_id" },
  { table: "order_address", from: "order", at: "billing_address_id" },
  { table: "order_summary", from: "order", by: "order_id" },
  { table: "order_item", from: "order", by: "order_id" },
  { table: "order_line_item", from: "order_item", at: "item_id" },
  { table: "order_line_item_tax_line", from: "order_line_item", by: "item_id" },
  { table: "order_line_item_adjustment", from: "order_line_item", by: "item_id" },
  { table: "order_shipping", from: "order", by: "order_id" },
  { table: "order_shipping_method", from: "order_shipping", at: "shipping_method_id" },
  { table: "order_shipping_method_tax_line", from: "order_shipping_method", by: "shipping_method_id" },
  { table: "order_transaction", from: "order", by: "order_id" },
  { table: "return", from: "order", by: "order_id" },
  { table: "return_item", from: "return", by: "return_id" },
  { table: "return_fulfillment", from: "return", by: "return_id" },
  { table: "fulfillment", from: "return_fulfillment", at: "fulfillment_id" },
  { table: "order_payment_collection", from: "order", by: "order_id" },
  { table: "payment_collection", from: "order_payment_collection", at: "payment_collection_id" },
  { table: "payment_session", from: "payment_collection", by: "payment_collection_id" },
  { table: "payment", from: "payment_collection", by: "payment_collection_id" },
  { table: "capture", from: "payment", by: "payment_id" },
  { table: "refund", from: "payment", by: "payment_id" },
  { table: "order_fulfillment", from: "order", by: "order_id" },
  { table: "fulfillment", from: "order_fulfillment", at: "fulfillment_id" },
  { table: "fulfillment_address", from: "fulfillment", at: "delivery_address_id" },
  { table: "fulfillment_item", from: "fulfillment", by: "fulfillment_id" },
  { table: "fulfillment_label", from: "fulfillment", by: "fulfillment_id" },
  { table: "reservation_item", from: "order_line_item", by: "line_item_id" },
]

/** What else belongs to an order: these rows are moved into the past with it, never copied. */
export const ORDER_HISTORY_ROWS: Reach[] = [
  { table: "order_change", from: "order", by: "order_id" },
  { table: "order_change_action", from: "order", by: "order_id" },
  { table: "order_claim", from: "order", by: "order_id" },
  { table: "order_claim_item", from: "order_claim", by: "claim_id" },
  { table: "order_claim_item_image", from: "order_claim_item", by: "claim_item_id" },
  { table: "order_exchange", from: "order", by: "order_id" },
  { table: "order_exchange_item", from: "order_exchange", by: "exchange_id" },
  { table: "order_cart", from: "order", by: "order_id" },
  { table: "cart", from: "order_cart", at: "cart_id" },
]
