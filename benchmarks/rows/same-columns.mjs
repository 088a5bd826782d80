import { FOOTPRINT_TABLES } from "../store/footprint.mjs"
import { connect } from "../lib/shop.mjs"

/** Columns that may differ: dates, and rows' own ids where a statement makes rows. */
const OWN = /^(created_at|updated_at|deleted_at|expires_at)$/

/** A pseudonym is random: that it is one is what counts. */
const comparable = (column) => `regexp_replace(coalesce("${column}"::text, '∅'), '^erased-[0-9a-f]{20}(@.*)?$|^erased-[0-9a-z]+@.*$', 'pseudonym')`

/** Columns of the footprint in which two databases hold different values, as `table.column`: spot-checked over a hash of every column. */
export async function differences(postgres, left, right) {
  const [first, second] = [await fingerprint(postgres.url(left)), await fingerprint(postgres.url(right))]
  return Object.keys(first).filter((column) => first[column] !== second[column])
}

async function fingerprint(url) {
  const client = await connect(url)
  const { rows: columns } = await client.query(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ANY($1) ORDER BY 1, 2`,
    [FOOTPRINT_TABLES]
  )
  const prints = {}
  for (const table of FOOTPRINT_TABLES) {
    const own = columns.filter((item) => item.table === table && !OWN.test(item.column)).map(({ column }) => column)
    // Rows that were made meanwhile (a debit, a message to the officer) have ids of their own in each database.
    const where = "WHERE id LIKE '%\\_01BENCH%'"
    const { rows } = await client.query(
      `SELECT count(*) AS "count", ${own.map((column) => `md5(string_agg(${comparable(column)}, '|' ORDER BY id)) AS "${column}"`).join(", ")} FROM "${table}" ${where}`
    )
    Object.entries(rows[0]).forEach(([column, hash]) => (prints[`${table}.${column}`] = hash))
  }
  const { rows } = await client.query("SELECT count(*) AS count, sum(amount) AS amount FROM store_credit_account_transaction WHERE reference = 'privacy-erasure'")
  await client.end()
  return { ...prints, "store_credit_account_transaction.debits": JSON.stringify(rows[0]) }
}
