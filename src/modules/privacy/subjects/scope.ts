import { normalizedEmail } from "../database/email-form/normalize-email-sql"
import { name } from "../database/sql"
import type { Session } from "../database/session"
import { isRow } from "../data-map/keys"
import { FENCED_EMAIL, SCOPE, type LiveEntry } from "../data-map/live-map"
import { keepOnce, meetsOthers, OVERLAPS_TABLE } from "./overlaps"

/** A subject as the erasure takes it up. `number` tells subjects of one chunk apart in SQL. */
export interface ScopeSubject {
  number: number
  customerId: string
  pseudonym: string
}

/** Above this many subjects the planner is given statistics of the temporary tables; below, they cost more than they save. */
const ANALYZE_FROM = 50

/**
 * How these statements are to be planned, until the end of the transaction: the temporary tables lie in memory, where a jump costs no more
 * than a step; compiling dozens of short statements takes longer than running them; sorting a chunk's rows need not go through files; and of rows
 * that are much alike a small sample tells enough.
 */
export const PLANNER = [
  "SET LOCAL random_page_cost = 1.1", "SET LOCAL jit = off", "SET LOCAL work_mem = '32MB'", "SET LOCAL default_statistics_target = 10",
]

/** What the rows are found by. */
const IDENTIFIERS_TABLE = `CREATE TEMP TABLE ${SCOPE.identifiers} (subject int NOT NULL, type text NOT NULL, value text NOT NULL) ON COMMIT DROP`

const ROWS_TABLE = `CREATE TEMP TABLE ${SCOPE.rows} (entry text NOT NULL, key text NOT NULL, subject int NOT NULL) ON COMMIT DROP`

/**
 * An address that a live account has which was not asked for leads nowhere: what is known by the address alone is the account's (a message, a
 * promotion, a login that was begun). The subject is then found by its id.
 *
 * @param subjects a FROM item with `subject`, `customer_id`
 */
const collectIdentifiers = (subjects: string) =>
  `INSERT INTO ${SCOPE.identifiers} (subject, type, value)
   SELECT s.subject, 'customer_id', s.customer_id FROM ${subjects} AS s
   UNION ALL
   SELECT e.subject, CASE WHEN bool_or(account.id IS NOT NULL AND asked.customer_id IS NULL) THEN '${FENCED_EMAIL}' ELSE 'email' END, e.value
   FROM (
     SELECT s.subject, ${normalizedEmail("c.email")} AS value FROM ${subjects} AS s
     JOIN customer AS c ON c.id = s.customer_id
     WHERE btrim(coalesce(c.email, '')) <> ''
   ) AS e
   LEFT JOIN customer AS account ON ${normalizedEmail("account.email")} = e.value AND account.has_account AND account.deleted_at IS NULL
   LEFT JOIN ${subjects} AS asked ON asked.customer_id = account.id
   GROUP BY e.subject, e.value`

/**
 * Opens the scope of a chunk: temporary tables, gone at commit, that hold the subjects, everything that identifies them and, after
 * `resolve`, every row of every mapped table that is theirs. Nothing is written before the scope is complete, so that no write can
 * hide a row from the search.
 */
export async function openScope(session: Session, subjects: ScopeSubject[], salt: string): Promise<void> {
  await session.runAll([
    `CREATE TEMP TABLE ${SCOPE.subjects} (subject int PRIMARY KEY, customer_id text NOT NULL, pseudonym text NOT NULL, salt text NOT NULL, unknown_customer text) ON COMMIT DROP`,
    IDENTIFIERS_TABLE,
    ROWS_TABLE,
    OVERLAPS_TABLE,
    // By entry alone: rows of an entry lie together, and are joined as a whole.
    `CREATE INDEX ON ${SCOPE.rows} (entry)`,
    ...PLANNER,
  ])
  await session.run(
    `INSERT INTO ${SCOPE.subjects} (subject, customer_id, pseudonym, salt)
     SELECT subject, customer_id, pseudonym, $4 FROM unnest($1::int[], $2::text[], $3::text[]) AS s (subject, customer_id, pseudonym)`,
    [subjects.map(({ number }) => number), subjects.map(({ customerId }) => customerId), subjects.map(({ pseudonym }) => pseudonym), salt]
  )
  await session.run(collectIdentifiers(SCOPE.subjects))
  if (subjects.length >= ANALYZE_FROM) {
    await session.runAll([`ANALYZE ${SCOPE.subjects}, ${SCOPE.identifiers}`])
  }
}

/**
 * Finds every row of the subjects, parents before children.
 *
 * @param shared a row that is two subjects' (an account's guest order, where both were listed) is noted for each of them; a row that is to be
 *   rewritten is for one only, unless its declaration says that it is shared
 */
export async function resolveScope(session: Session, entries: LiveEntry[], subjects: number, { shared = false } = {}): Promise<void> {
  const told = subjects >= ANALYZE_FROM
  const parents = parentsAmong(entries)
  await session.runAll([
    // How many rows an entry has, roughly, is all that is asked while they are gathered.
    ...(told ? ["SET LOCAL default_statistics_target = 3"] : []),
    ...entries
      .filter(({ rowsSql }) => rowsSql)
      .flatMap((entry) => [
        ...(shared || entry.shared || subjects === 1 || !meetsOthers(entry) ? [gather(entry, shared || entry.shared)] : [gather(entry, true), keepOnce(entry)]),
        ...(told && parents.has(entry.name) ? [`ANALYZE ${SCOPE.rows} (entry)`] : []),
      ]),
    ...(told ? ["SET LOCAL default_statistics_target = 10", `ANALYZE ${SCOPE.rows}`] : []),
  ])
}

/** Entries that others are found from: how many rows they have decides how the others are looked for. */
export const parentsAmong = (entries: Pick<LiveEntry, "rows">[]) =>
  new Set(entries.flatMap(({ rows }) => rows.flatMap((row) => ("of" in row ? [row.of] : []))))

/** Notes the rows of an entry, each once however many ways lead to it. By hash: sorting keys takes longer than finding them. */
export function gather(entry: Pick<LiveEntry, "name" | "rowsSql" | "leadsOnce">, shared: boolean): string {
  const found = `(${entry.rowsSql}) AS found WHERE key IS NOT NULL`
  const once = shared ? `SELECT DISTINCT '${entry.name}', key, subject FROM ${found}` : `SELECT '${entry.name}', key, min(subject) FROM ${found} GROUP BY key`
  return `INSERT INTO ${SCOPE.rows} (entry, key, subject) ${entry.leadsOnce ? `SELECT '${entry.name}', key, subject FROM ${found}` : once}`
}

/**
 * Finds the customer records of subjects the database knows already, however many: they do not pass through this process, and nothing of them is
 * to be rewritten. A record that is two subjects' is noted for each of them.
 *
 * @param subjects a FROM item with `subject`, `customer_id`
 * @param customers the data map's entry
 */
export async function gatherCustomers(session: Session, subjects: string, customers: LiveEntry): Promise<void> {
  await session.runAll([
    IDENTIFIERS_TABLE,
    ROWS_TABLE,
    ...PLANNER,
    // Of keys that lie close together a merge promises to be short, and then reads on to the table's end for one more row that fits.
    "SET LOCAL enable_mergejoin = off",
    collectIdentifiers(subjects),
    `ANALYZE ${SCOPE.identifiers}`,
    gather(customers, true),
    // The planner may take a few thousand rows for one; with an index such a mistake costs nothing.
    `CREATE INDEX ON ${SCOPE.rows} USING hash (key)`,
    // How many there are decides how what is theirs is looked for.
    `ANALYZE ${SCOPE.rows}`,
  ])
}

/** Takes subjects out of the scope again: they stay wholly untouched. */
export async function leaveOut(session: Session, subjects: number[]): Promise<void> {
  if (subjects.length) {
    for (const table of [SCOPE.rows, SCOPE.identifiers, SCOPE.subjects]) {
      await session.run(`DELETE FROM ${table} WHERE subject = ANY($1::int[])`, [subjects])
    }
  }
}

/**
 * Records of each kind per subject, as a query: `subject`, `footprint`, `records` in all. The JSON is put together as text: building objects takes
 * the database longer than the counting does.
 *
 * @param first number of the parameter with the names of the entries; their kinds are the next
 */
export const footprints = (first: number) =>
  `SELECT subject, ('[' || string_agg('{"kind":' || to_json(kind) || ',"count":' || count || '}', ',') || ']')::jsonb AS footprint, sum(count)::int AS records FROM (
   SELECT r.subject, e.kind, count(*) AS count
   FROM ${SCOPE.rows} AS r JOIN unnest($${first}::text[], $${first + 1}::text[]) AS e (entry, kind) ON e.entry = r.entry
   GROUP BY r.subject, e.kind
 ) AS kinds GROUP BY subject`

/** The parameters of `footprints`. */
export const kindsOf = (entries: Pick<LiveEntry, "name" | "kind">[]) => [entries.map(({ name }) => name), entries.map(({ kind }) => kind)]

/** What the expressions of a statement ask of the subject, as `referenceOf` gives it to the strategies. */
const OF_SUBJECT = /\bs\."?(pseudonym|salt|unknown_customer)\b/

/** The scope's rows as `r`, with their subject as `s` where the expressions need it: most do not, and the join is not free. */
export const rowsFor = (expressions: string[]) =>
  expressions.some((sql) => OF_SUBJECT.test(sql)) ? `${SCOPE.rows} AS r JOIN ${SCOPE.subjects} AS s ON s.subject = r.subject` : `${SCOPE.rows} AS r`

/** The rows of one entry, as a FROM item `r` with what the expressions need of its subject `s`, joined to the table as `t`. */
export function scopedRows(entry: LiveEntry, expressions: string[]): string {
  return `${rowsFor(expressions)} JOIN ${name(entry.table)} AS t ON ${isRow(entry)}`
}
