import type { Cell } from "../database/copy-in"
import type { Session } from "../database/session"
import { scopeRows, type LiveEntry } from "../data-map/live-map"
import { UNKNOWN_CUSTOMER_EMAIL } from "../erasure/unknown-customer"
import { blockingCodes, describeHolds, holdsSql, matchesInScope, type FoundHold, type Hold } from "../holds/find-holds"
import type { PrivacyOptions } from "../options"
import type { IdentifierKind } from "./identifier-types"
import type { ListedIdentifier } from "./identifier-list"
import { openScopeOf, PLANNER, resolveScope } from "./scope"

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

/** Lines of a page. */
const PAGE = 10_000

/** The list as it was given. */
const GIVEN = "privacy_given"

/** Whom each line means. */
const LINES = "privacy_lines"

/**
 * Reads a list into a temporary table and finds out, set-based, whom each line means. The list may have a million lines: they pass through
 * and are never all in memory.
 *
 * A line means the customers that carry the identifier; of those a live account stands for its guest records, which the erasure finds by
 * itself. Two live accounts under one identifier (it can only be another casing of the address) are ambiguous.
 */
export async function reconcile(session: Session, kind: IdentifierKind, identifiers: AsyncIterable<ListedIdentifier[]>): Promise<void> {
  await session.runAll([
    ...PLANNER,
    `CREATE TEMP TABLE ${GIVEN} (line int NOT NULL, given text NOT NULL, problem text) ON COMMIT DROP`,
    `CREATE TEMP TABLE ${LINES} (line int PRIMARY KEY, given text NOT NULL, value text, outcome text NOT NULL, reason text, customer_id text) ON COMMIT DROP`,
    // A sample of a few lines tells the planner all it needs: that hardly any value comes twice.
    `ALTER TABLE ${LINES} ALTER COLUMN value SET STATISTICS 10`,
  ])
  await session.copyIn(GIVEN, ["line", "given", "problem"], checked(kind, identifiers))
  // By bytes, for which sorting takes a fraction of the time that a language's order does.
  await session.run(
    `INSERT INTO ${LINES} (line, given, value, outcome, reason)
     SELECT line, given, value, CASE WHEN problem IS NOT NULL THEN 'invalid' WHEN line <> first THEN 'duplicate' ELSE 'not_found' END,
       CASE WHEN problem IS NOT NULL THEN problem WHEN line <> first THEN 'line ' || first END
     FROM (
       SELECT line, given, problem, value, min(line) OVER (PARTITION BY value COLLATE "C") AS first
       FROM (SELECT line, given, problem, CASE WHEN problem IS NULL THEN ${kind.normalized("given")} END AS value FROM ${GIVEN}) AS g
     ) AS g ORDER BY line ON CONFLICT (line) DO NOTHING`
  )
  await session.runAll([`TRUNCATE ${GIVEN}`, `ANALYZE ${LINES} (line, value, outcome)`])
  // One reading of the customers for all lines; the subject's own record first: live accounts, then guests, then hidden ones. Two identifiers of
  // one person are one subject.
  await session.run(
    `UPDATE ${LINES} AS l SET customer_id = f.id,
       outcome = CASE WHEN f.outcome = 'matched' AND f.line <> f.first THEN 'duplicate' ELSE f.outcome END,
       reason = CASE f.outcome WHEN 'ambiguous' THEN f.accounts || ' customers' WHEN 'invalid' THEN 'the Unknown Customer cannot be erased'
         WHEN 'erased' THEN 'erased before' WHEN 'matched' THEN CASE WHEN f.line <> f.first THEN 'line ' || f.first END END
     FROM (
       SELECT line, id, accounts, outcome, min(line) OVER (PARTITION BY id COLLATE "C", outcome) AS first
       FROM (
         SELECT m.line, m.id, m.accounts, CASE WHEN m.accounts > 1 THEN 'ambiguous' WHEN m.unknown THEN 'invalid'
           WHEN EXISTS (SELECT 1 FROM privacy_ledger_entry AS e WHERE e.customer_id = m.id AND e.deleted_at IS NULL) THEN 'erased' ELSE 'matched' END AS outcome
         FROM (
           SELECT DISTINCT ON (l.line) l.line, c.id, c.email = '${UNKNOWN_CUSTOMER_EMAIL}' AS unknown,
             count(*) FILTER (WHERE c.has_account AND c.deleted_at IS NULL) OVER (PARTITION BY l.line) AS accounts
           FROM ${LINES} AS l JOIN customer AS c ON ${kind.column} = l.value
           WHERE l.outcome = 'not_found' AND l.value <> ''
           ORDER BY l.line, (c.deleted_at IS NULL) DESC, c.has_account DESC, c.created_at DESC, c.id
         ) AS m
       ) AS m
     ) AS f WHERE f.line = l.line`
  )
  await session.run(
    `UPDATE ${LINES} AS l SET outcome = 'erased', reason = 'erased before' FROM privacy_ledger_entry AS e
     WHERE e.deleted_at IS NULL AND l.outcome = 'not_found' AND e.customer_id = l.value`
  )
}

/** The lines with what is wrong with each. */
async function* checked(kind: IdentifierKind, identifiers: AsyncIterable<ListedIdentifier[]>): AsyncGenerator<Cell[][]> {
  for await (const lines of identifiers) {
    yield lines.map(({ line, value }) => [line, value, value ? kind.problem(value) : "empty"])
  }
}

/** Entries that the others are found from. */
const GATHERED = ["customer", "order"]

/** What the rules found, by line. */
const HOLDS = "privacy_found_holds"

/**
 * Finds which matched lines are held, by the same rules as the erasure itself. Only customers and orders are gathered first; everything else is
 * joined to them where a rule asks for it, so that the database can begin with what is rare: parcels that are not sent, returns that are open.
 */
export async function reconcileHolds(session: Session, entries: LiveEntry[], options: PrivacyOptions): Promise<void> {
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const isGathered = (name: string) => GATHERED.includes(name) || !byName.has(name)
  const subjects = await openScopeOf(session, `SELECT line, customer_id, '', '' FROM ${LINES} WHERE outcome = 'matched'`, [], { indexed: false })
  for (const name of GATHERED) {
    // One after the other: how many customers there are decides how their orders are looked for.
    await resolveScope(session, [byName.get(name) as LiveEntry], subjects, { shared: true })
  }
  const searched = (name: string, condition: string): string => (byName.get(name) as LiveEntry).rowsFrom(rowsOf, condition)
  const rowsOf = (name: string): string => (isGathered(name) ? scopeRows(name) : `(${searched(name, "TRUE")})`)
  const matches = (name: string, condition: string) => (isGathered(name) ? matchesInScope(name, condition) : searched(name, condition))
  await session.run(`CREATE TEMP TABLE ${HOLDS} ON COMMIT DROP AS ${holdsSql(options, matches)}`)
  await session.run(
    `UPDATE ${LINES} AS l SET outcome = 'held' FROM (SELECT DISTINCT subject FROM ${HOLDS} WHERE code = ANY($1::text[])) AS h WHERE h.subject = l.line`,
    [blockingCodes(options)]
  )
}

/** Who is held, and why. */
export interface LineHolds {
  customer_id: string
  holds: Hold[]
}

/** Why lines are held, by line. */
export async function holdsOfLines(session: Session, options: PrivacyOptions, lines: number[]): Promise<Map<number, LineHolds>> {
  const { rows } = await session.run<FoundHold & { customer_id: string }>(
    `SELECT h.code, h.subject, h.count, l.customer_id FROM ${HOLDS} AS h JOIN ${LINES} AS l ON l.line = h.subject WHERE h.subject = ANY($1::int[])`,
    [lines]
  )
  const holds = describeHolds(options, rows)
  return new Map(rows.map(({ subject, customer_id }) => [subject, { customer_id, holds: holds.get(subject) as Hold[] }]))
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
      `SELECT customer_id, value FROM ${LINES} WHERE outcome IN ('matched', 'held') AND customer_id > $1 ORDER BY customer_id LIMIT ${PAGE}`,
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
      `SELECT line, value FROM ${LINES} WHERE outcome = 'not_found' AND line > $1 ORDER BY line LIMIT ${PAGE}`,
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
  const { rows } = await session.run<{ hash: string; customers: number }>(
    `SELECT encode(sha256(convert_to(concat($1::text, string_agg(E'\\n' || customer_id, '' ORDER BY customer_id COLLATE "C")), 'UTF8')), 'hex') AS hash,
       count(*)::int AS customers FROM (${MEANT}) AS meant`,
    [JSON.stringify(facts)]
  )
  return rows[0]
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
