import type { Database } from "./database"
import { CART_ROWS, ORDER_HISTORY_ROWS, ORDER_ROWS } from "./row-graph"
import { collectRows, columnsOf } from "./row-walk"
import type { Ages } from "./stories"

/** Moves the story orders, and all that was made with them, to the day they are said to be from. */
export async function moveToThePast(database: Database, ages: Ages) {
  const reaches = [...ORDER_ROWS, ...ORDER_HISTORY_ROWS, ...CART_ROWS]
  await database.transaction(async (transaction) => {
    await transaction.raw(`CREATE TEMP TABLE seed_age (order_id text PRIMARY KEY, days int) ON COMMIT DROP`)
    await transaction.raw(`INSERT INTO seed_age SELECT key, value::int FROM jsonb_each_text(?::jsonb)`, [
      JSON.stringify(Object.fromEntries(ages)),
    ])
    await collectRows(transaction, `SELECT 'order', order_id, NULL, order_id FROM seed_age`, [], reaches)
    for (const table of new Set(["order", ...reaches.map((reach) => reach.table)])) {
      const dates = (await columnsOf(transaction, table)).filter(({ type }) => type === "timestamp with time zone")
      await transaction.raw(
        `UPDATE "${table}" t SET ${dates.map(({ name }) => `"${name}" = t."${name}" - a.days * interval '1 day'`).join(", ")}
         FROM seed_row r JOIN seed_age a ON a.order_id = r.order_id WHERE r.tbl = '${table}' AND r.old_id = t.id`
      )
    }
    // A customer registers some days before the first order; without orders, at some time in the last three years.
    await transaction.raw(
      `UPDATE customer c SET created_at = coalesce(
         (SELECT min(o.created_at) - interval '10 days' FROM "order" o WHERE o.customer_id = c.id),
         now() - (abs(hashtext(c.email)) % 1095) * interval '1 day')
       WHERE c.created_at > now() - interval '1 day'`
    )
    for (const table of ["product_review", "notification"]) {
      await transaction.raw(
        `UPDATE ${table} SET created_at = now() - (abs(hashtext(id)) % 300) * interval '1 day',
           updated_at = now() - (abs(hashtext(id)) % 300) * interval '1 day'`
      )
    }
  })
}

/** Orders are numbered in the order of their dates, as if they had been placed one after the other. */
export async function numberOrdersByDate(database: Database) {
  await database.raw(
    `UPDATE "order" o SET display_id = n.number
     FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) AS number FROM "order") n WHERE n.id = o.id`
  )
  await database.raw(`SELECT setval('order_display_id_seq', (SELECT max(display_id) FROM "order"))`)
}
