import type { Database } from "./database"

/**
 * Customers in any number, made by the database itself: each with an address, an order with an address, an item and a cart, and a mail.
 * Everything about them is settled, so that nothing holds them.
 *
 * @returns their ids
 */
export async function makeCrowd(database: Database, count: number, name = "crowd"): Promise<string[]> {
  const person = "'First' || n, 'Last' || n, 'Street ' || n, '0' || n, '+49 30 ' || n"
  const address = "first_name, last_name, address_1, postal_code, phone"
  const statements = [
    `INSERT INTO customer (id, email, first_name, last_name, phone, metadata)
     SELECT 'cus_${name}_' || n, '${name}' || n || '@crowd.example', 'First' || n, 'Last' || n, '+49 30 ' || n, jsonb_build_object('note', 'Note ' || n)`,
    `INSERT INTO customer_address (id, customer_id, ${address}) SELECT 'cuaddr_${name}_' || n, 'cus_${name}_' || n, ${person}`,
    `INSERT INTO order_address (id, ${address}) SELECT 'ordaddr_${name}_' || n, ${person}`,
    `INSERT INTO "order" (id, currency_code, customer_id, email, shipping_address_id, billing_address_id, status, metadata)
     SELECT 'order_${name}_' || n, 'eur', 'cus_${name}_' || n, '${name}' || n || '@crowd.example', 'ordaddr_${name}_' || n, 'ordaddr_${name}_' || n,
       'completed', jsonb_build_object('gift', 'For Last' || n)`,
    `INSERT INTO order_line_item (id, title, unit_price, raw_unit_price, metadata)
     SELECT 'ordli_${name}_' || n, 'Steel bottle', 10, '{"value": "10"}', jsonb_build_object('engraving', 'Last' || n)`,
    `INSERT INTO order_item (id, order_id, version, item_id, quantity, raw_quantity, fulfilled_quantity, shipped_quantity, return_requested_quantity,
       return_received_quantity, return_dismissed_quantity, written_off_quantity, raw_fulfilled_quantity, raw_shipped_quantity,
       raw_return_requested_quantity, raw_return_received_quantity, raw_return_dismissed_quantity, raw_written_off_quantity)
     SELECT 'orditem_${name}_' || n, 'order_${name}_' || n, 1, 'ordli_${name}_' || n, 1, '{"value": "1"}', 1, 1, 0, 0, 0, 0, '{"value": "1"}',
       '{"value": "1"}', '{"value": "0"}', '{"value": "0"}', '{"value": "0"}', '{"value": "0"}'`,
    `INSERT INTO cart (id, currency_code, customer_id, email) SELECT 'cart_${name}_' || n, 'eur', 'cus_${name}_' || n, '${name}' || n || '@crowd.example'`,
    `INSERT INTO notification (id, "to", channel, data, receiver_id)
     SELECT 'noti_${name}_' || n, '${name}' || n || '@crowd.example', 'email', jsonb_build_object('name', 'First' || n), 'cus_${name}_' || n`,
  ]
  for (const statement of statements) {
    await database.rows(`${statement} FROM generate_series(1, ${count}) AS n`)
  }
  return Array.from({ length: count }, (_, index) => `cus_${name}_${index + 1}`)
}
