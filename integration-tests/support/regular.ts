import type { Database } from "./database"

/**
 * One customer with many orders, all under one name: each from a cart of its own, with two addresses on the order and on the cart, an item, a mail, a
 * history, a draft of an address that was corrected, and an entry in the audit log. Everything is settled, so that nothing holds the customer.
 *
 * @param streets "one" for the same address throughout, "many" for another street, telephone and postcode with each order
 * @returns the customer's id
 */
export async function makeRegular(database: Database, orders: number, name: string, streets: "one" | "many" = "one"): Promise<string> {
  const customer = `cus_${name}`
  const n = streets === "one" ? "'1'" : "n"
  const address = "first_name, last_name, address_1, postal_code, phone"
  const words = `'Rita', 'Regular ${name}', 'Street ' || ${n}, '0' || ${n}, '+49 30 ' || ${n}`
  const email = `${name}@regular.example`
  await database.rows(`INSERT INTO customer (id, email, first_name, last_name, has_account) VALUES ('${customer}', '${email}', 'Rita', 'Regular', TRUE)`)
  const statements = [
    ...["s", "b"].flatMap((use) => [
      `INSERT INTO cart_address (id, ${address}) SELECT 'caaddr_${name}_${use}' || n, ${words}`,
      `INSERT INTO order_address (id, ${address}) SELECT 'ordaddr_${name}_${use}' || n, ${words}`,
    ]),
    `INSERT INTO cart_address (id, ${address}) SELECT 'caaddr_${name}_left' || n, ${words}`,
    `INSERT INTO cart (id, currency_code, customer_id, email, shipping_address_id, billing_address_id, completed_at)
     SELECT 'cart_${name}_' || n, 'eur', '${customer}', '${email}', 'caaddr_${name}_s' || n, 'caaddr_${name}_b' || n, now()`,
    `INSERT INTO "order" (id, currency_code, customer_id, email, shipping_address_id, billing_address_id, status)
     SELECT 'order_${name}_' || n, 'eur', '${customer}', '${email}', 'ordaddr_${name}_s' || n, 'ordaddr_${name}_b' || n, 'completed'`,
    `INSERT INTO order_cart (id, order_id, cart_id) SELECT 'ordcart_${name}_' || n, 'order_${name}_' || n, 'cart_${name}_' || n`,
    `INSERT INTO order_line_item (id, title, unit_price, raw_unit_price) SELECT 'ordli_${name}_' || n, 'Steel bottle', 10, '{"value": "10"}'`,
    `INSERT INTO order_item (id, order_id, version, item_id, quantity, raw_quantity, fulfilled_quantity, shipped_quantity, return_requested_quantity,
       return_received_quantity, return_dismissed_quantity, written_off_quantity, raw_fulfilled_quantity, raw_shipped_quantity,
       raw_return_requested_quantity, raw_return_received_quantity, raw_return_dismissed_quantity, raw_written_off_quantity)
     SELECT 'orditem_${name}_' || n, 'order_${name}_' || n, 1, 'ordli_${name}_' || n, 1, '{"value": "1"}', 1, 1, 0, 0, 0, 0, '{"value": "1"}',
       '{"value": "1"}', '{"value": "0"}', '{"value": "0"}', '{"value": "0"}', '{"value": "0"}'`,
    `INSERT INTO order_summary (id, order_id, version, totals) SELECT 'ordsum_${name}_' || n, 'order_${name}_' || n, 1, '{"pending_difference": 0}'`,
    `INSERT INTO order_change (id, order_id, version, status) SELECT 'ordch_${name}_' || n, 'order_${name}_' || n, 1, 'confirmed'`,
    `INSERT INTO order_change_action (id, order_id, order_change_id, action, details)
     SELECT 'ordchact_${name}_' || n, 'order_${name}_' || n, 'ordch_${name}_' || n, 'UPDATE_ORDER_PROPERTIES',
       jsonb_build_object('old', jsonb_build_object('id', 'ordaddr_${name}_s' || n))`,
    `INSERT INTO notification (id, "to", channel, data, receiver_id, resource_id)
     SELECT 'noti_${name}_' || n, '${email}', 'email', '{"name": "Rita"}', '${customer}', 'order_${name}_' || n`,
    `INSERT INTO privacy_audit_entry (id, action, actor_type, customer_id) SELECT 'prvaud_${name}_' || n, 'legal_hold.placed', 'system', '${customer}'`,
  ]
  for (const statement of statements) {
    await database.rows(`${statement} FROM generate_series(1, ${orders}) AS n`)
  }
  return customer
}
