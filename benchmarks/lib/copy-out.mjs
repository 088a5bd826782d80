import fs from "node:fs"
import { once } from "node:events"
import { finished } from "node:stream/promises"
import zlib from "node:zlib"

/**
 * What the plugin's extract is measured against: COPY … TO STDOUT of the same rows as JSON, one statement per table, packed into one file. It
 * shapes nothing, has no customer's rows together, leaves no secret out and encrypts nothing.
 */
const ROWS = {
  customer: "t.id IN (SELECT id FROM wanted)",
  customer_address: "t.customer_id IN (SELECT id FROM wanted)",
  customer_group_customer: "t.customer_id IN (SELECT id FROM wanted)",
  customer_account_holder: "t.customer_id IN (SELECT id FROM wanted)",
  account_holder: "t.id IN (SELECT l.account_holder_id FROM customer_account_holder AS l JOIN wanted AS w ON w.id = l.customer_id)",
  auth_identity: "t.app_metadata ->> 'customer_id' IN (SELECT id FROM wanted)",
  provider_identity: "t.auth_identity_id IN (SELECT a.id FROM auth_identity AS a JOIN wanted AS w ON w.id = a.app_metadata ->> 'customer_id')",
  notification: "t.receiver_id IN (SELECT id FROM wanted)",
  order: "t.id IN (SELECT id FROM wanted_orders)",
  order_address: "t.id IN (SELECT shipping_address_id FROM wanted_orders UNION SELECT billing_address_id FROM wanted_orders)",
  order_item: "t.order_id IN (SELECT id FROM wanted_orders)",
  order_line_item: "t.id IN (SELECT i.item_id FROM order_item AS i JOIN wanted_orders AS o ON o.id = i.order_id)",
  order_shipping: "t.order_id IN (SELECT id FROM wanted_orders)",
  order_shipping_method: "t.id IN (SELECT s.shipping_method_id FROM order_shipping AS s JOIN wanted_orders AS o ON o.id = s.order_id)",
  order_payment_collection: "t.order_id IN (SELECT id FROM wanted_orders)",
  payment_collection: "t.id IN (SELECT id FROM wanted_payments)",
  payment_session: "t.payment_collection_id IN (SELECT id FROM wanted_payments)",
  payment: "t.payment_collection_id IN (SELECT id FROM wanted_payments)",
  order_fulfillment: "t.order_id IN (SELECT id FROM wanted_orders)",
  fulfillment: "t.id IN (SELECT fulfillment_id FROM wanted_fulfillments)",
  fulfillment_address: "t.id IN (SELECT f.delivery_address_id FROM fulfillment AS f JOIN wanted_fulfillments AS w ON w.fulfillment_id = f.id)",
  cart: "t.customer_id IN (SELECT id FROM wanted)",
  cart_address: "t.id IN (SELECT c.shipping_address_id FROM cart AS c JOIN wanted AS w ON w.id = c.customer_id)",
  cart_line_item: "t.cart_id IN (SELECT c.id FROM cart AS c JOIN wanted AS w ON w.id = c.customer_id)",
  store_credit_account: "t.customer_id IN (SELECT id FROM wanted)",
  store_credit_account_transaction: "t.account_id IN (SELECT a.id FROM store_credit_account AS a JOIN wanted AS w ON w.id = a.customer_id)",
  loyalty_gift_card: "t.line_item_id IN (SELECT i.item_id FROM order_item AS i JOIN wanted_orders AS o ON o.id = i.order_id)",
}

const PREPARE = [
  `CREATE TEMP TABLE wanted_orders ON COMMIT DROP AS SELECT o.id, o.shipping_address_id, o.billing_address_id FROM "order" AS o JOIN wanted AS w ON w.id = o.customer_id`,
  "CREATE TEMP TABLE wanted_payments ON COMMIT DROP AS SELECT l.payment_collection_id AS id FROM order_payment_collection AS l JOIN wanted_orders AS o ON o.id = l.order_id",
  "CREATE TEMP TABLE wanted_fulfillments ON COMMIT DROP AS SELECT l.fulfillment_id FROM order_fulfillment AS l JOIN wanted_orders AS o ON o.id = l.order_id",
  "ANALYZE wanted_orders",
  "ANALYZE wanted_payments",
  "ANALYZE wanted_fulfillments",
]

/** Copies the customers' rows into a file; gives milliseconds, rows and bytes. */
export async function copyOut(client, customers, file, level) {
  const started = performance.now()
  const pack = zlib.createGzip({ level })
  const written = pack.pipe(fs.createWriteStream(file))
  await client.query("BEGIN")
  await client.query("CREATE TEMP TABLE wanted ON COMMIT DROP AS SELECT unnest($1::text[]) AS id", [customers])
  await client.query("ANALYZE wanted")
  for (const statement of PREPARE) {
    await client.query(statement)
  }
  let rows = 0
  for (const [table, where] of Object.entries(ROWS)) {
    rows += await copy(client, `COPY (SELECT to_jsonb(t) FROM "${table}" AS t WHERE ${where}) TO STDOUT`, pack)
  }
  await client.query("COMMIT")
  pack.end()
  await finished(written)
  return { milliseconds: performance.now() - started, rows, bytes: fs.statSync(file).size }
}

/** COPY … TO STDOUT over the driver's own protocol: what a copy library does. */
function copy(client, text, stream) {
  return new Promise((resolve, reject) => {
    let rows = 0
    let failure
    client.query({
      submit: (connection) => connection.query(text),
      handleRowDescription() {},
      handleDataRow() {},
      handlePortalSuspended() {},
      handleEmptyQuery() {},
      handleCopyData({ chunk }, connection) {
        rows += 1
        if (!stream.write(chunk) && !connection.stream.isPaused()) {
          connection.stream.pause()
          void once(stream, "drain").then(() => connection.stream.resume())
        }
      },
      handleCommandComplete() {},
      handleError: (error) => (failure = error),
      handleReadyForQuery: () => (failure ? reject(failure) : resolve(rows)),
    })
  })
}
