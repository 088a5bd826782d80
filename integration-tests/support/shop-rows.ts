import type { Database } from "./database"

type Row = Record<string, unknown>

/** Columns of amounts, which Medusa keeps a second time as JSON. */
const AMOUNTS = [
  "value", "amount", "unit_price", "quantity", "fulfilled_quantity", "shipped_quantity", "return_requested_quantity", "return_received_quantity",
  "return_dismissed_quantity", "written_off_quantity", "used",
]

const NOTHING_DONE = {
  fulfilled_quantity: 1, shipped_quantity: 1, return_requested_quantity: 0, return_received_quantity: 0, return_dismissed_quantity: 0, written_off_quantity: 0,
}

/** Writes rows as Medusa and the loyalty plugin leave them, straight into a database without a store. */
export class ShopRows {
  private count = 0

  constructor(
    private readonly database: Database,
    private readonly prefix: string
  ) {}

  id(kind: string): string {
    return `${kind}_${this.prefix}_${(this.count += 1)}`
  }

  /** @returns the row's id */
  async insert(table: string, row: Row): Promise<string> {
    const raw = table === "promotion_rule_value" ? [] : AMOUNTS.filter((column) => row[column] !== undefined)
    const full: Row = { id: this.id(table), ...row, ...Object.fromEntries(raw.map((column) => [`raw_${column}`, JSON.stringify({ value: String(row[column]) })])) }
    const columns = Object.keys(full)
    await this.database.rows(
      `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(", ")}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(", ")})`,
      Object.values(full).map((value) => (value !== null && typeof value === "object" && !(value instanceof Date) ? JSON.stringify(value) : value))
    )
    return full.id as string
  }

  customer = (email: string, has_account: boolean, row: Row = {}) =>
    this.insert("customer", { email, has_account, first_name: "First", last_name: `Last ${this.prefix}`, ...row })

  address = (table: "cart_address" | "order_address" | "fulfillment_address", row: Row = {}) =>
    this.insert(table, { first_name: "First", last_name: this.id("Name"), address_1: this.id("Street"), postal_code: this.id("0"), phone: this.id("+49"), ...row })

  /** An item of an order. */
  async item(order_id: string, row: Row = {}): Promise<string> {
    const item = await this.insert("order_line_item", { title: "Tent", unit_price: 10, metadata: { engraving: this.id("Name") }, ...row })
    await this.insert("order_item", { order_id, version: 1, item_id: item, quantity: 1, ...NOTHING_DONE })
    return item
  }

  /** A gift card that was redeemed into an account of its own, which nobody owns. */
  async card(value: number, row: Row = {}): Promise<{ card: string; account: string }> {
    const card = await this.insert("loyalty_gift_card", { value, code: this.id("CODE"), currency_code: "eur", status: "redeemed", note: "For the birthday", ...row })
    const account = await this.insert("store_credit_account", { currency_code: "eur", code: this.id("CREDIT") })
    await this.insert("loyalty_gift_card_store_credit_store_credit_account", { gift_card_id: card, store_credit_account_id: account })
    await this.credit(account, value)
    return { card, account }
  }

  credit = (account_id: string, amount: number | string, row: Row = {}) =>
    this.insert("store_credit_account_transaction", { account_id, amount, type: "credit", reference: "gift_card", reference_id: this.id("ref"), ...row })

  /** What a payment of a cart leaves; the order the cart became has it too. */
  async payment(carts: string[], orders: string[], email: string): Promise<string> {
    const collection = await this.insert("payment_collection", { currency_code: "eur", amount: 10, status: "completed", metadata: { note: email } })
    const session = await this.insert("payment_session", {
      currency_code: "eur", amount: 10, provider_id: "pp_system_default", payment_collection_id: collection, data: { receipt_email: email }, context: { email },
    })
    await this.insert("payment", {
      amount: 10, currency_code: "eur", provider_id: "pp_system_default", payment_collection_id: collection, payment_session_id: session, data: { receipt_email: email },
    })
    for (const cart_id of carts) {
      await this.insert("cart_payment_collection", { cart_id, payment_collection_id: collection })
    }
    for (const order_id of orders) {
      await this.insert("order_payment_collection", { order_id, payment_collection_id: collection })
    }
    return collection
  }

  /** An order that came from a cart, with addresses, an item and a payment. */
  async bought(customer_id: string, email: string): Promise<{ order: string; cart: string; item: string }> {
    const [cartAddress, orderAddress] = [await this.address("cart_address"), await this.address("order_address")]
    const cart = await this.insert("cart", {
      currency_code: "eur", customer_id, email, shipping_address_id: cartAddress, billing_address_id: cartAddress, metadata: { note: this.id("Note") },
    })
    const order = await this.insert("order", {
      currency_code: "eur", customer_id, email, status: "completed", shipping_address_id: orderAddress, billing_address_id: orderAddress, metadata: { gift: this.id("Note") },
    })
    await this.insert("order_cart", { order_id: order, cart_id: cart })
    const item = await this.item(order)
    await this.payment([cart], [order], email)
    return { order, cart, item }
  }

  /** What an accepted transfer makes of an order. */
  async transfer(order: string, from: string, to: string, newEmail?: string): Promise<string> {
    const change = await this.insert("order_change", { order_id: order, version: 2, change_type: "transfer", status: "confirmed" })
    const action = await this.insert("order_change_action", {
      order_id: order, order_change_id: change, version: 2, action: "TRANSFER_CUSTOMER", reference: "customer", reference_id: to,
      details: { token: this.id("token"), original_email: from, ...(newEmail ? { new_email: newEmail } : {}) },
    })
    await this.database.rows('UPDATE "order" SET customer_id = $2, email = coalesce($3, email), version = 2 WHERE id = $1', [order, to, newEmail ?? null])
    return action
  }
}
