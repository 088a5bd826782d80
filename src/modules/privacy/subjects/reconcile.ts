import { createHash } from "node:crypto"
import type { Session } from "../database/session"
import { SCOPE, type LiveEntry } from "../data-map/live-map"
import { UNKNOWN_CUSTOMER_EMAIL } from "../erasure/unknown-customer"
import { findHolds, type Hold } from "../holds/find-holds"
import type { PrivacyOptions } from "../options"
import type { IdentifierKind } from "./identifier-types"
import type { ListedIdentifier } from "./identifier-list"
import { openScopeOf, resolveScope } from "./scope"

/** What became of one line of a list. `matched` lines become subjects. */
export const OUTCOMES = ["matched", "held", "not_found", "ambiguous", "duplicate", "erased", "invalid"] as const

export type Outcome = (typeof OUTCOMES)[number]

/** A line that did not simply match, for the officer to look at. */
export interface ReconciledLine {
  line: number
  identifier: string
  outcome: Exclude<Outcome, "matched">
  reason: string | null
  customers: { id: string; email: string | null; first_name: string | null; last_name: string | null; has_account: boolean; created_at: Date }[]
}

/** Lines per statement while a list is read in. */
const BATCH = 10_000

const LINES = "privacy_lines"

/**
 * Reads a list into a temporary table and finds out, set-based, whom each line means. The list may have a million lines: they pass through
 * in batches and are never all in memory.
 *
 * A line means the customers that carry the identifier; of those a live account stands for its guest records, which the erasure finds by
 * itself. Two live accounts under one identifier (it can only be another casing of the address) are ambiguous.
 */
export async function reconcile(session: Session, kind: IdentifierKind, identifiers: AsyncIterable<ListedIdentifier>): Promise<void> {
  await session.run(
    `CREATE TEMP TABLE ${LINES} (line int PRIMARY KEY, given text NOT NULL, value text, outcome text, reason text, customer_id text) ON COMMIT DROP`
  )
  let batch: (ListedIdentifier & { problem: string | null })[] = []
  const flush = async () => {
    await session.run(
      `INSERT INTO ${LINES} (line, given, value, outcome, reason)
       SELECT line, given, CASE WHEN problem IS NULL THEN ${kind.normalized("given")} END, CASE WHEN problem IS NOT NULL THEN 'invalid' END, problem
       FROM unnest($1::int[], $2::text[], $3::text[]) AS l (line, given, problem) ON CONFLICT (line) DO NOTHING`,
      [batch.map(({ line }) => line), batch.map(({ value }) => value), batch.map(({ problem }) => problem)]
    )
    batch = []
  }
  for await (const listed of identifiers) {
    batch.push({ ...listed, problem: listed.value ? kind.problem(listed.value) : "empty" })
    if (batch.length === BATCH) {
      await flush()
    }
  }
  await flush()
  await session.run(`CREATE INDEX ON ${LINES} (value)`)
  await session.run(`ANALYZE ${LINES}`)
  await session.run(
    `UPDATE ${LINES} AS l SET outcome = 'duplicate', reason = 'line ' || d.first
     FROM (SELECT line, min(line) OVER (PARTITION BY value) AS first FROM ${LINES} WHERE outcome IS NULL) AS d
     WHERE l.line = d.line AND d.line <> d.first`
  )
  // One reading of the customers for all lines; the subject's own record first: live accounts, then guests, then hidden ones.
  await session.run(
    `UPDATE ${LINES} AS l SET customer_id = m.id, outcome = CASE WHEN m.accounts > 1 THEN 'ambiguous' WHEN m.unknown THEN 'invalid' ELSE 'matched' END,
       reason = CASE WHEN m.accounts > 1 THEN m.accounts || ' customers' WHEN m.unknown THEN 'the Unknown Customer cannot be erased' END
     FROM (
       SELECT DISTINCT ON (l.line) l.line, c.id, c.email = '${UNKNOWN_CUSTOMER_EMAIL}' AS unknown,
         count(*) FILTER (WHERE c.has_account AND c.deleted_at IS NULL) OVER (PARTITION BY l.line) AS accounts
       FROM ${LINES} AS l JOIN customer AS c ON ${kind.column} = l.value
       WHERE l.outcome IS NULL AND l.value <> ''
       ORDER BY l.line, (c.deleted_at IS NULL) DESC, c.has_account DESC, c.created_at DESC, c.id
     ) AS m WHERE l.line = m.line`
  )
  await session.run(
    `UPDATE ${LINES} AS l SET outcome = 'erased', reason = 'erased before' FROM privacy_ledger_entry AS e
     WHERE e.deleted_at IS NULL AND ((l.outcome = 'matched' AND e.customer_id = l.customer_id) OR (l.outcome IS NULL AND e.customer_id = l.value))`
  )
  // Two identifiers of one person are one subject.
  await session.run(
    `UPDATE ${LINES} AS l SET outcome = 'duplicate', reason = 'line ' || d.first
     FROM (SELECT line, min(line) OVER (PARTITION BY customer_id) AS first FROM ${LINES} WHERE outcome = 'matched') AS d
     WHERE l.line = d.line AND d.line <> d.first`
  )
  await session.run(`UPDATE ${LINES} SET outcome = 'not_found' WHERE outcome IS NULL`)
}

/** Entries the hold rules look at, and those they hang on. */
const HOLD_ENTRIES = new Set([
  "customer", "order", "order_fulfillment", "fulfillment", "return", "return_fulfillment", "order_claim", "order_exchange", "order_change",
])

/** Finds which matched lines are held: by the same rules and the same search as the erasure itself. */
export async function reconcileHolds(session: Session, entries: LiveEntry[], options: PrivacyOptions): Promise<Map<string, Hold[]>> {
  const subjects = await openScopeOf(
    session,
    `SELECT (row_number() OVER (ORDER BY line) - 1)::int, customer_id, '', '' FROM ${LINES} WHERE outcome = 'matched'`
  )
  await resolveScope(session, entries.filter(({ name }) => HOLD_ENTRIES.has(name)), subjects)
  const holds = await findHolds(session, options)
  const { rows: held } = await session.run<{ subject: number; customer_id: string }>(
    `SELECT subject, customer_id FROM ${SCOPE.subjects} WHERE subject = ANY($1::int[])`,
    [[...holds.keys()]]
  )
  const byCustomer = new Map(held.map(({ subject, customer_id }) => [customer_id, holds.get(subject) as Hold[]]))
  const blocked = [...byCustomer].filter(([, found]) => found.some(({ severity }) => severity === "block")).map(([id]) => id)
  await session.run(`UPDATE ${LINES} SET outcome = 'held' WHERE outcome = 'matched' AND customer_id = ANY($1::text[])`, [blocked])
  return byCustomer
}

/** Lines per outcome. */
export async function countLines(session: Session): Promise<Record<Outcome | "total", number>> {
  const { rows } = await session.run<{ outcome: Outcome; count: number }>(
    `SELECT outcome, count(*)::int AS count FROM ${LINES} GROUP BY outcome`
  )
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>
  rows.forEach(({ outcome, count }) => (counts[outcome] = count))
  return { ...counts, total: rows.reduce((sum, { count }) => sum + count, 0) }
}

/** Lines that did not simply match, in order, after a line number. */
export async function unmatchedLines(session: Session, kind: IdentifierKind, after: number, limit: number): Promise<ReconciledLine[]> {
  const { rows } = await session.run<ReconciledLine>(
    `SELECT l.line, l.given AS identifier, l.outcome, l.reason,
       CASE WHEN l.outcome IN ('ambiguous', 'held') THEN (
         SELECT coalesce(json_agg(json_build_object('id', c.id, 'email', c.email, 'first_name', c.first_name, 'last_name', c.last_name,
           'has_account', c.has_account, 'created_at', c.created_at) ORDER BY c.has_account DESC, c.created_at), '[]')
         FROM customer AS c WHERE ${kind.column} = l.value AND c.deleted_at IS NULL) ELSE '[]' END AS customers
     FROM (SELECT * FROM ${LINES} WHERE outcome <> 'matched' AND line > $1 ORDER BY line LIMIT $2) AS l ORDER BY l.line`,
    [after, limit]
  )
  return rows
}

/** Customers the list means, in the order of their ids, page by page. */
export async function* matchedCustomers(session: Session): AsyncGenerator<{ customer_id: string; value: string }[]> {
  let after = ""
  for (;;) {
    const { rows } = await session.run<{ customer_id: string; value: string }>(
      `SELECT customer_id, value FROM ${LINES} WHERE outcome IN ('matched', 'held') AND customer_id > $1 ORDER BY customer_id LIMIT ${BATCH}`,
      [after]
    )
    if (!rows.length) {
      return
    }
    yield rows
    after = rows[rows.length - 1].customer_id
  }
}

/** Identifiers nobody was found for, page by page. */
export async function* missingIdentifiers(session: Session): AsyncGenerator<{ value: string }[]> {
  let after = 0
  for (;;) {
    const { rows } = await session.run<{ line: number; value: string }>(
      `SELECT line, value FROM ${LINES} WHERE outcome = 'not_found' AND line > $1 ORDER BY line LIMIT ${BATCH}`,
      [after]
    )
    if (!rows.length) {
      return
    }
    yield rows
    after = rows[rows.length - 1].line
  }
}

/** The customers a list means, as a query. */
const MEANT = `SELECT customer_id FROM ${LINES} WHERE outcome IN ('matched', 'held')`

/**
 * Pins what an officer approved: the same customers, under the same method and profile, give the same hash.
 *
 * @returns the hash and how many customers are in it
 */
export async function hashPlan(session: Session, facts: unknown[]): Promise<{ hash: string; customers: number }> {
  const hash = createHash("sha256").update(JSON.stringify(facts))
  let customers = 0
  for await (const page of matchedCustomers(session)) {
    page.forEach(({ customer_id }) => hash.update(`\n${customer_id}`))
    customers += page.length
  }
  return { hash: hash.digest("hex"), customers }
}

/** Keeps the customers a list means under the hash of their plan. */
export async function keepPlan(session: Session, id: string, hash: string): Promise<void> {
  await session.run(
    `INSERT INTO privacy_plan (id, hash, customer_ids) SELECT $1, $2, coalesce(array_agg(customer_id), '{}') FROM (${MEANT}) AS meant
     ON CONFLICT (hash) WHERE deleted_at IS NULL DO UPDATE SET updated_at = now()`,
    [id, hash]
  )
}

/** Customers that came and went since a plan was kept: how many, and the first five. Null when the plan is not known any more. */
export async function comparePlan(session: Session, hash: string): Promise<Record<"added" | "gone", { count: number; some: string[] }> | null> {
  const { rows: known } = await session.run("SELECT 1 FROM privacy_plan WHERE hash = $1 AND deleted_at IS NULL", [hash])
  if (!known.length) {
    return null
  }
  const before = "SELECT unnest(customer_ids) AS customer_id FROM privacy_plan WHERE hash = $1 AND deleted_at IS NULL"
  const { rows } = await session.run<{ side: "added" | "gone"; count: number; some: string[] }>(
    `SELECT side, count(*)::int AS count, (array_agg(customer_id ORDER BY customer_id))[1:5] AS some FROM (
       SELECT 'added' AS side, customer_id FROM (${MEANT} EXCEPT ${before}) AS a
       UNION ALL SELECT 'gone', customer_id FROM (${before} EXCEPT ${MEANT}) AS g
     ) AS moved GROUP BY side`,
    [hash]
  )
  const side = (name: string) => rows.find((row) => row.side === name) ?? { count: 0, some: [] }
  return { added: side("added"), gone: side("gone") }
}
