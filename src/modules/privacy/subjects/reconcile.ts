import type { Cell } from "../database/copy-in"
import type { Session } from "../database/session"
import { normalizedEmail } from "../database/email-form/normalize-email-sql"
import { SCOPE, scopeRows, type LiveEntry, type SearchTerms } from "../data-map/live-map"
import { UNKNOWN_CUSTOMER_EMAIL } from "../erasure/unknown-customer"
import { blockingCodes, describeHolds, holdsSql, matchesInScope, type FoundHold, type Hold } from "../holds/find-holds"
import { ORDER_FACTS } from "../holds/rules"
import { isErasedByHash } from "../ledger/read"
import type { HashKeys, PrivacyOptions } from "../options"
import type { IdentifierKind } from "./identifier-types"
import type { ListedIdentifier } from "./identifier-list"
import { identifierHashes } from "./identifiers"
import { accountsOfGuests, type IdentityFacts } from "./identity"
import { gather, gatherCustomers, PLANNER } from "./scope"

/** What became of one line of a list. `matched` lines become subjects. */
const OUTCOMES = ["matched", "held", "not_found", "ambiguous", "duplicate", "erased", "invalid"] as const

export type Outcome = (typeof OUTCOMES)[number]

/** A line that did not simply match, for the officer to look at. */
export interface ReconciledLine {
  line: number
  identifier: string
  outcome: Exclude<Outcome, "matched">
  reason: string | null
  customers: { id: string; email: string | null; first_name: string | null; last_name: string | null; has_account: boolean; created_at: Date }[]
}

/** The list as it was given, with what is wrong with a line. */
const LINES = "privacy_lines"

/** What the lines that nothing is wrong with say, in comparison form, and which earlier line said it already. */
const VALUES = "privacy_values"

/** Whom each line means. */
const MEANINGS = "privacy_meanings"

/** The planner must know how many lines there are of each outcome. */
const COUNT_OUTCOMES = `ANALYZE ${MEANINGS} (line, outcome)`

/**
 * Reads a list into a temporary table and finds out, set-based, whom each line means. The list may have a million lines: they pass through
 * and are never all in memory.
 *
 * A line means the customers that carry the identifier; of those a live account stands for its guest records, which the erasure finds by
 * itself. Two live accounts under one address (it can only be another casing) are ambiguous. Of any other kind of identifier, which a family may
 * share, so are customers with different addresses, or one without an address beside another.
 */
export async function reconcile(session: Session, kind: IdentifierKind, identifiers: AsyncIterable<ListedIdentifier[]>): Promise<void> {
  await session.runAll([
    ...PLANNER,
    `CREATE TEMP TABLE ${LINES} (line int NOT NULL, given text NOT NULL, problem text) ON COMMIT DROP`,
    `CREATE TEMP TABLE ${VALUES} (line int NOT NULL, value text NOT NULL, repeats int) ON COMMIT DROP`,
    `CREATE TEMP TABLE ${MEANINGS} (line int NOT NULL, outcome text NOT NULL, reason text, customer_id text) ON COMMIT DROP`,
  ])
  await session.copyIn(LINES, ["line", "given", "problem"], checked(kind, identifiers))
  await session.runAll([
    // By bytes, for which sorting takes a fraction of the time that a language's order does.
    `INSERT INTO ${VALUES} (line, value, repeats)
     SELECT line, value, nullif(min(line) OVER (PARTITION BY value COLLATE "C"), line)
     FROM (SELECT line, ${kind.normalized("given")} AS value FROM ${LINES} WHERE problem IS NULL) AS l`,
    `ANALYZE ${VALUES}`,
    // One reading of the customers for all lines; the subject's own record first: live accounts, then guests, then hidden ones. Two identifiers
    // of one person are one subject.
    `INSERT INTO ${MEANINGS} (line, outcome, reason, customer_id)
     SELECT line, CASE WHEN again THEN 'duplicate' ELSE outcome END,
       CASE WHEN again THEN 'line ' || first ELSE reason END, customer_id
     FROM (
       SELECT m.*, outcome = 'matched' AND line <> min(line) OVER same AS again, min(line) OVER same AS first
       FROM (
         SELECT l.line, m.customer_id,
           CASE WHEN m.people > 1 THEN 'ambiguous' WHEN m.unknown THEN 'invalid' WHEN e.erased THEN 'erased'
             WHEN m.customer_id IS NULL THEN 'not_found' ELSE 'matched' END AS outcome,
           CASE WHEN m.people > 1 THEN m.people || ' customers' WHEN m.unknown THEN 'the Unknown Customer cannot be erased'
             WHEN e.erased THEN 'erased before' END AS reason
         FROM ${VALUES} AS l
         LEFT JOIN (
           SELECT DISTINCT ON (l.line) l.line, c.id AS customer_id, c.email = '${UNKNOWN_CUSTOMER_EMAIL}' AS unknown,
             ${people(kind)} AS people
           FROM ${VALUES} AS l JOIN customer AS c ON ${kind.column} = l.value
           WHERE l.repeats IS NULL AND l.value <> ''
           ORDER BY l.line, (c.deleted_at IS NULL) DESC, c.has_account DESC, c.created_at DESC, c.id
         ) AS m ON m.line = l.line
         CROSS JOIN LATERAL (
           SELECT EXISTS (SELECT 1 FROM privacy_ledger_entry AS e WHERE e.customer_id = coalesce(m.customer_id, l.value) AND e.deleted_at IS NULL) AS erased
         ) AS e
         WHERE l.repeats IS NULL
       ) AS m
       WINDOW same AS (PARTITION BY customer_id COLLATE "C", outcome)
     ) AS m
     UNION ALL
     SELECT line, 'duplicate', 'line ' || repeats, NULL FROM ${VALUES} WHERE repeats IS NOT NULL
     UNION ALL
     SELECT line, 'invalid', problem, NULL FROM ${LINES} WHERE problem IS NOT NULL`,
    `DROP TABLE ${VALUES}`,
    // Not before the rows: built at once, an index takes a tenth of the time.
    `ALTER TABLE ${LINES} ADD PRIMARY KEY (line)`,
    `ALTER TABLE ${MEANINGS} ADD PRIMARY KEY (line)`,
    COUNT_OUTCOMES,
  ])
}

/**
 * Identifiers nobody is found for any more may be an erased customer's, whatever the erasure was filed by. Hashed here, page by page: the key
 * never goes to the database.
 */
export async function recognizeErased(session: Session, kind: IdentifierKind, keys: HashKeys): Promise<void> {
  let found = 0
  for await (const page of missingIdentifiers(session, kind)) {
    const { rowCount } = await session.run(
      `UPDATE ${MEANINGS} AS m SET outcome = 'erased', reason = 'erased before'
       FROM unnest($1::int[], $2::text[]) AS l (line, hashes) WHERE m.line = l.line AND ${isErasedByHash("string_to_array(l.hashes, ' ')")}`,
      [page.map(({ line }) => line), page.map(({ value }) => identifierHashes(keys, kind.type, value).join(" "))]
    )
    found += rowCount
  }
  if (found) {
    await session.runAll([COUNT_OUTCOMES])
  }
}

/** How many customers one line may mean, where they are not one person's records. */
function people({ isAddress }: IdentifierKind): string {
  const accounts = "count(*) FILTER (WHERE c.has_account AND c.deleted_at IS NULL) OVER (PARTITION BY l.line)"
  if (isAddress) {
    return accounts
  }
  const address = `${normalizedEmail("coalesce(c.email, '')")} COLLATE "C"`
  const differ = `min(${address}) OVER (PARTITION BY l.line) <> max(${address}) OVER (PARTITION BY l.line) OR max(${address}) OVER (PARTITION BY l.line) = ''`
  return `CASE WHEN ${differ} THEN count(*) OVER (PARTITION BY l.line) ELSE ${accounts} END`
}

/** The lines with what is wrong with each. */
async function* checked(kind: IdentifierKind, identifiers: AsyncIterable<ListedIdentifier[]>): AsyncGenerator<Cell[][]> {
  for await (const lines of identifiers) {
    yield lines.map(({ line, value }) => [line, value.replaceAll("\0", "\uFFFD"), problemOf(kind, value)])
  }
}

function problemOf(kind: IdentifierKind, value: string): string | null {
  if (!value) {
    return "empty"
  }
  return value.includes("\0") ? "holds a NUL character" : kind.problem(value)
}

/** The orders of the matched, with what the rules read of them. */
const ORDERS = "privacy_orders"

/** Entries whose rows lie in the scope, as an erasure's do: others are found from them. */
const GATHERED = ["customer", "return"]

/** What the rules found, by line. */
const HOLDS = "privacy_found_holds"

/**
 * Finds which matched lines are held, by the same rules as the erasure itself. Only customers, orders and returns are gathered first; everything
 * else is joined to them where a rule asks for it, so that the database can begin with what is rare: parcels not sent, claims that are open.
 */
export async function reconcileHolds(session: Session, entries: LiveEntry[], options: PrivacyOptions): Promise<void> {
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const entryOf = (name: string) => byName.get(name) as LiveEntry
  await gatherCustomers(session, `(SELECT line AS subject, customer_id FROM ${MEANINGS} WHERE outcome = 'matched')`, entryOf("customer"))
  const facts = ORDER_FACTS.join(", ")
  const ordersBy = (by: SearchTerms["by"]) => entryOf("order").rowsFrom(scopeRows, { columns: ORDER_FACTS, by })
  await session.runAll([
    `CREATE TEMP TABLE ${ORDERS} ON COMMIT DROP AS SELECT key AS id, subject, ${facts} FROM (${ordersBy((path) => "of" in path)}) AS found`,
    // Nearly all orders are found twice, by their customer and by their address.
    `INSERT INTO ${ORDERS} (id, subject, ${facts}) SELECT DISTINCT key, subject, ${facts} FROM (${ordersBy((path) => !("of" in path))}) AS found
     WHERE NOT EXISTS (SELECT 1 FROM ${ORDERS} AS known WHERE known.id = found.key AND known.subject = found.subject)`,
    `CREATE INDEX ON ${ORDERS} USING hash (id)`,
    `ANALYZE ${ORDERS}`,
  ])
  const rowsOf = (name: string): string => {
    if (name === "order") {
      return `(SELECT id AS key, subject FROM ${ORDERS})`
    }
    return GATHERED.includes(name) ? scopeRows(name) : `(${entryOf(name).rowsFrom(rowsOf)})`
  }
  await session.runAll([gather({ name: "return", rowsSql: entryOf("return").rowsFrom(rowsOf), leadsOnce: false }, true), `ANALYZE ${SCOPE.rows}`])
  const matches = (name: string, condition: string): string => {
    if (name === "order") {
      return `SELECT t.id AS key, t.subject FROM ${ORDERS} AS t WHERE ${condition}`
    }
    return GATHERED.includes(name) || !byName.has(name) ? matchesInScope(name, condition) : entryOf(name).rowsFrom(rowsOf, { condition })
  }
  await session.run(`CREATE TEMP TABLE ${HOLDS} ON COMMIT DROP AS ${holdsSql(options, matches)}`)
  await session.run(
    `UPDATE ${MEANINGS} AS l SET outcome = 'held' FROM (SELECT DISTINCT subject FROM ${HOLDS} WHERE code = ANY($1::text[])) AS h WHERE h.subject = l.line`,
    [blockingCodes(options)]
  )
  await session.runAll([COUNT_OUTCOMES])
}

/** Who is held, and why. */
export interface LineHolds {
  customer_id: string
  holds: Hold[]
}

/** Why lines are held, by line. */
export async function holdsOfLines(session: Session, options: PrivacyOptions, lines: number[]): Promise<Map<number, LineHolds>> {
  const { rows } = await session.run<FoundHold & { customer_id: string }>(
    `SELECT h.code, h.subject, h.count, l.customer_id FROM ${HOLDS} AS h JOIN ${MEANINGS} AS l ON l.line = h.subject WHERE h.subject = ANY($1::int[])`,
    [lines]
  )
  const holds = describeHolds(options, rows)
  return new Map(rows.map(({ subject, customer_id }) => [subject, { customer_id, holds: holds.get(subject) as Hold[] }]))
}

/** Lines per outcome. */
export async function countLines(session: Session): Promise<Record<Outcome | "total", number>> {
  const { rows } = await session.run<{ outcome: Outcome; count: number }>(
    `SELECT outcome, count(*)::int AS count FROM ${MEANINGS} GROUP BY outcome`
  )
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>
  rows.forEach(({ outcome, count }) => (counts[outcome] = count))
  return { ...counts, total: rows.reduce((sum, { count }) => sum + count, 0) }
}

/** Lines that did not simply match, in order, after a line number. */
export async function unmatchedLines(session: Session, kind: IdentifierKind, after: number, limit: number): Promise<ReconciledLine[]> {
  const { rows } = await session.run<ReconciledLine>(
    // One reading of the customers for the page.
    `SELECT p.line, p.given AS identifier, p.outcome, p.reason,
       coalesce(json_agg(json_build_object('id', c.id, 'email', c.email, 'first_name', c.first_name, 'last_name', c.last_name,
         'has_account', c.has_account, 'created_at', c.created_at) ORDER BY c.has_account DESC, c.created_at) FILTER (WHERE c.id IS NOT NULL), '[]') AS customers
     FROM (
       SELECT o.line, l.given, o.outcome, o.reason, CASE WHEN o.outcome IN ('ambiguous', 'held') THEN ${kind.normalized("l.given")} END AS value
       FROM (SELECT line, outcome, reason FROM ${MEANINGS} WHERE outcome <> 'matched' AND line > $1 ORDER BY line LIMIT $2) AS o JOIN ${LINES} AS l ON l.line = o.line
     ) AS p
     LEFT JOIN customer AS c ON ${kind.column} = p.value AND (c.deleted_at IS NULL${kind.isAddress ? "" : " OR p.outcome = 'ambiguous'"})
     GROUP BY p.line, p.given, p.outcome, p.reason ORDER BY p.line`,
    [after, limit]
  )
  return rows
}

/** Subjects of a page. */
const PAGE = 1_000

/** Customers the list means, in the order of their ids, page by page: neighbours in the list are then neighbours on the disk. */
export const matchedCustomers = (session: Session, kind: IdentifierKind) =>
  pages<MatchedCustomer>(
    session,
    `SELECT o.customer_id, o.line, ${kind.normalized("l.given")} AS value, ${normalizedEmail("c.email")} AS email, live.account
     FROM ${MEANINGS} AS o JOIN ${LINES} AS l ON l.line = o.line JOIN customer AS c ON c.id = o.customer_id
     LEFT JOIN (${accountsOfGuests(`(${MEANT})`)}) AS live ON live.id = o.customer_id
     WHERE o.outcome IN ('matched', 'held') ORDER BY o.customer_id COLLATE "C"`
  )

/** A customer the list means, and who that is at this moment. */
export interface MatchedCustomer extends IdentityFacts {
  customer_id: string
  line: number
  value: string
}

/** What a line says, in comparison form, as SQL. */
export const listedValue = (line: string, kind: IdentifierKind) => `(SELECT ${kind.normalized("l.given")} FROM ${LINES} AS l WHERE l.line = ${line})`

/** Identifiers nobody was found for, page by page. */
export const missingIdentifiers = (session: Session, kind: IdentifierKind) =>
  pages<{ line: number; value: string }>(
    session,
    `SELECT o.line, ${kind.normalized("l.given")} AS value FROM ${MEANINGS} AS o JOIN ${LINES} AS l ON l.line = o.line WHERE o.outcome = 'not_found' ORDER BY o.line`
  )

/** Reads a query page by page; it is run and sorted once. */
async function* pages<T>(session: Session, query: string): AsyncGenerator<T[]> {
  await session.runAll([`DECLARE privacy_page NO SCROLL CURSOR FOR ${query}`])
  for (;;) {
    const { rows } = await session.run<T>(`FETCH ${PAGE} FROM privacy_page`)
    if (!rows.length) {
      break
    }
    yield rows
  }
  await session.runAll(["CLOSE privacy_page"])
}

/** The customers a list means, as a query. */
const MEANT = `SELECT customer_id FROM ${MEANINGS} WHERE outcome IN ('matched', 'held')`

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
