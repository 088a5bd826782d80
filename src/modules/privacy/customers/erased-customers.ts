import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** One look-up by primary key of the ledger: asked for on every store request of a logged-in customer. */
export async function isErased(connection: Knex, customerId: string): Promise<boolean> {
  const row = await connection("privacy_ledger_entry").where({ customer_id: customerId, deleted_at: null }).first("id")
  return Boolean(row)
}
