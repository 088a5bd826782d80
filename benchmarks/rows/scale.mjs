import { eraseByHand } from "../hand-written.sql.mjs"
import { openEngine } from "../lib/engine.mjs"
import { median } from "../lib/measure.mjs"
import { connect } from "../lib/shop.mjs"
import { copyOf } from "../store/templates.mjs"

const SUBJECTS = 1_000
const ROUNDS = 3
const BUDGET = 1.2

/**
 * Erasure per subject in a large store against a small one, with Medusa's own indexes and with those the plugin offers, and what the hand-written
 * transaction takes in the same two stores. The large store is not copied: every round takes other customers of it, of which there are enough.
 */
export async function measureScale({ postgres, customers, large, template, say }) {
  const subjects = Math.min(SUBJECTS, Math.floor(customers / 4))
  const stores = [
    ["small", customers, await copyOf(postgres, customers, "bench_small")],
    ["large", large, postgres.url(template)],
  ]
  await dropOffered(postgres.url(template))
  const results = {}
  let offered = []
  for (const indexed of [false, true]) {
    const engines = []
    for (const [name, size, url] of stores) {
      const engine = await openEngine(url)
      if (indexed) {
        offered = await build(engine, url, name, say)
      }
      engines.push({ name, size, url, engine, rounds: [], byHand: [], scanned: new Set() })
    }
    // In turns: whatever else the machine does meets both.
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { engine, size, url, rounds, byHand, scanned } of engines) {
        const ids = await untouched(url, size, subjects)
        const before = await tableScans(url)
        const { milliseconds } = await engine.erase(ids)
        rounds.push(milliseconds / subjects)
        const after = await tableScans(url)
        after.forEach((rows, table) => rows - (before.get(table) ?? 0) >= size && scanned.add(table))
        byHand.push((await handWritten(url, await untouched(url, size, subjects, `md5(id || ${round})`))) / subjects)
      }
    }
    for (const { name, engine, rounds, byHand, scanned } of engines) {
      await engine.close()
      results[`${name}-${indexed}`] = { perSubject: median(rounds), byHand: median(byHand) }
      say(`Erasure in the ${name} store ${indexed ? "with" : "without"} the offered indexes: ${rounds.map((value) => value.toFixed(2)).join(", ")} ms a subject; whole tables read: ${[...scanned].join(", ") || "none"}`)
    }
  }
  const row = (indexed) => {
    const [a, b] = [results[`large-${indexed}`], results[`small-${indexed}`]]
    const ratio = a.perSubject / b.perSubject
    return {
      row: `erasure per subject, ${large.toLocaleString("en")} customers, ${indexed ? "offered indexes" : "Medusa's indexes only"}`,
      figure: `${a.perSubject.toFixed(2)} ms`,
      against: `${customers.toLocaleString("en")} customers ${b.perSubject.toFixed(2)} ms`,
      ratio,
      budget: indexed ? `≤ ${BUDGET} ×` : "–",
      met: indexed ? ratio <= BUDGET : undefined,
    }
  }
  const hand = (indexed) => {
    const [a, b] = [results[`large-${indexed}`], results[`small-${indexed}`]].map(({ byHand }) => byHand)
    return {
      row: `the same by hand-written SQL, ${indexed ? "offered indexes" : "Medusa's indexes only"}`,
      figure: `${a.toFixed(2)} ms`,
      against: `${customers.toLocaleString("en")} customers ${b.toFixed(2)} ms`,
      ratio: a / b,
      budget: "–",
    }
  }
  return { rows: [row(false), hand(false), row(true), hand(true)], indexes: offered }
}

/** Creates what the plugin offers, as an officer would on the data map page. */
async function build(engine, url, name, say) {
  const offered = await engine.missingIndexes()
  const client = await connect(url)
  const started = performance.now()
  for (const { statement } of offered.filter((index) => index.statement)) {
    await client.query(statement)
  }
  await client.query("ANALYZE")
  await client.end()
  say(`${offered.length} indexes on the ${name} store: ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return offered
}

/** What the hand-written transaction takes, undone again. */
async function handWritten(url, ids) {
  const client = await connect(url)
  const milliseconds = await eraseByHand(client, ids, "ROLLBACK")
  await client.end()
  return milliseconds
}

/**
 * Customers spread over the store that no measurement has taken yet.
 *
 * @param order SQL: which of several neighbours comes first
 */
export async function untouched(url, size, count, order = "id") {
  const client = await connect(url)
  const step = Math.max(1, Math.floor(size / count / 2))
  const { rows } = await client.query(
    `SELECT DISTINCT ON (bucket) id FROM (
       SELECT c.id, right(c.id, 19)::int / ${step} AS bucket FROM customer AS c
       WHERE c.id LIKE 'cus\\_01BENCH%' AND NOT EXISTS (SELECT 1 FROM privacy_ledger_entry AS e WHERE e.customer_id = c.id)
     ) AS left_over ORDER BY bucket, ${order} LIMIT ${count}`
  )
  await client.end()
  if (rows.length < count) {
    throw new Error("The large store has no customers left that were not erased. Delete .bench to make it anew.")
  }
  return rows.map(({ id }) => id)
}

/** Rows read by scans of whole tables since the database was made. */
async function tableScans(url) {
  const client = await connect(url)
  await client.query("SELECT pg_stat_force_next_flush()")
  const { rows } = await client.query('SELECT relname AS "table", seq_tup_read::float AS rows FROM pg_stat_user_tables')
  await client.end()
  return new Map(rows.map(({ table, rows: read }) => [table, read]))
}

/** Leaves the store with Medusa's own indexes, whatever an earlier run that was stopped left there. */
async function dropOffered(url) {
  const client = await connect(url)
  const { rows } = await client.query(
    `SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema() AND indexname LIKE 'IDX\\_privacy\\_%' AND tablename NOT LIKE 'privacy\\_%'`
  )
  for (const { name } of rows) {
    await client.query(`DROP INDEX "${name}"`)
  }
  await client.end()
}
