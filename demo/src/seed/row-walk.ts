import type { Database } from "./database"
import type { Reach } from "./row-graph"

/**
 * Collects the rows that are reached from some first rows into the temporary table `seed_row`: which table, which id, and whose.
 *
 * @param first SQL that selects `tbl, old_id, customer_id, order_id`
 */
export async function collectRows(database: Database, first: string, values: unknown[], reaches: Reach[]) {
  await database.raw(
    `CREATE TEMP TABLE seed_row (tbl text, old_id text, customer_id text, order_id text, PRIMARY KEY (tbl, old_id)) ON COMMIT DROP`
  )
  await database.raw(`INSERT INTO seed_row ${first}`, values)
  for (const { table, from, by, at } of reaches) {
    const found = by
      ? `FROM seed_row r JOIN "${table}" t ON t.${by} = r.old_id WHERE r.tbl = '${from}'`
      : `FROM seed_row r JOIN "${from}" f ON f.id = r.old_id JOIN "${table}" t ON t.id = f.${at} WHERE r.tbl = '${from}'`
    await database.raw(
      `INSERT INTO seed_row SELECT '${table}', t.id, r.customer_id, r.order_id ${found} ON CONFLICT DO NOTHING`
    )
  }
}

export type Column = { name: string; type: string }

/** The columns of a table, in order. */
export async function columnsOf(database: Database, table: string): Promise<Column[]> {
  const { rows } = await database.raw(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position`,
    [table]
  )
  return rows as Column[]
}
