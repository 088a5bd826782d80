import { MedusaError } from "@medusajs/framework/utils"
import { normalizedEmail } from "../database/email-form/normalize-email-sql"
import { name } from "../database/sql"
import { canMask, type ColumnReference } from "../strategies"
import { UNKNOWN_CUSTOMER_EMAIL } from "../strategies/pseudonym"
import { deadLinksOf, type MapColumn, type MapEntry, type Owner, type RowPath } from "./definition"
import { asText, equalColumns, equalsText, type TypedColumn } from "./keys"
import type { LiveColumn, LiveSchema } from "./schema"
import { wordSearch } from "./word-search"

/** A column of the map together with what the database says of it. */
export interface LiveMapColumn extends MapColumn {
  live: LiveColumn
}

/** An entry whose table exists, ready to be turned into SQL. */
export interface LiveEntry extends Omit<MapEntry, "columns"> {
  columns: LiveMapColumn[]
  /** What the database says of the key. */
  keyColumn: LiveColumn
  hasUpdatedAt: boolean
  hasDeletedAt: boolean
  /** SQL that finds the entry's rows from the subjects' identifiers and the rows found before: columns `key`, `subject`. */
  rowsSql: string
  /** The parts of `rowsSql`. */
  searches: RowSearch[]
  /** True when `rowsSql` finds no row twice: a single way, by a column that holds one key of a parent. */
  leadsOnce: boolean
  /** The same search from other rows than the scope's. */
  rowsFrom(rowsOf: RowsOf, terms?: SearchTerms): string
}

/** What is asked of a search beside its rows' keys. */
export interface SearchTerms {
  /** Which rows, as `t`. */
  condition?: string
  /** Columns to come with each. */
  columns?: string[]
  /** Which ways are gone. */
  by?: (path: RowPath) => boolean
}

/** Where the rows of an entry that were found before stand, as a FROM item without its alias: columns `key`, `subject`. */
export type RowsOf = (entry: string) => string

/** One way to the rows of an entry, as the database has to go it. */
export interface RowSearch {
  path: RowPath
  /** Live and soft-deleted rows are looked for separately where Medusa's indexes tell them apart. */
  rows: "all" | "live" | "deleted"
  /** What an index would have to lead with; null where none helps. */
  indexed: string | null
  sql: string
}

/** Temporary tables of a scope; see subjects/scope.ts and subjects/overlaps.ts. */
export const SCOPE = {
  subjects: "privacy_subjects", identifiers: "privacy_identifiers", rows: "privacy_rows", overlaps: "privacy_overlaps",
} as const

/** Type of an identifier that is the subject's address and another live account's too, who was not asked for: no row is found by it. */
export const FENCED_EMAIL = "fenced_email"

/** The rows a scope holds. */
export const scopeRows: RowsOf = (entry) => `(SELECT key, subject FROM ${SCOPE.rows} WHERE entry = '${entry}')`

/**
 * Binds the map to the database it runs on. Entries of modules that are not installed fall away.
 *
 * @throws MedusaError INVALID_DATA when a table exists and a declared column does not: the map is then wrong for this version, and
 *   erasing by half a map would leave data behind
 */
export function bindDataMap(entries: MapEntry[], schema: LiveSchema): LiveEntry[] {
  const present = new Set(entries.filter(({ table }) => schema.has(table)).map((entry) => entry.name))
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  return entries
    .filter((entry) => present.has(entry.name))
    .map((entry) => {
      const live = schema.get(entry.table) as Map<string, LiveColumn>
      const rows = entry.rows.filter((row) => !("of" in row) || present.has(row.of))
      for (const column of [...entry.columns.map((item) => item.name), ...rows.flatMap(columnsOf)]) {
        if (!live.has(column)) {
          throw new MedusaError(
            MedusaError.Types.INVALID_DATA,
            `Privacy: the data map has "${entry.table}.${column}", which the database does not. ` +
              `Run the migrations, or correct the declaration of "${entry.table}".`
          )
        }
      }
      const columns = entry.columns.map((column) => bindColumn(entry, column, live.get(column.name) as LiveColumn))
      const hasDeletedAt = live.has("deleted_at")
      const parents = (name: string) => byName.get(name) as MapEntry
      const searchesFrom = (rowsOf: RowsOf, { by = () => true, ...terms }: SearchTerms = {}) =>
        rows.filter(by).flatMap((row) => searchesOf(entry, row, live.get(row.column)?.indexesLiveRows ?? false, { ...terms, parent: parents, rowsOf, schema }))
      const searches = searchesFrom(scopeRows)
      return {
        ...entry,
        rows,
        columns,
        keyColumn: live.get(entry.key) as LiveColumn,
        hasUpdatedAt: live.has("updated_at"),
        hasDeletedAt,
        searches,
        leadsOnce: leadsOnce(rows, parents),
        rowsSql: unionOf(searches),
        rowsFrom: (rowsOf, terms) => unionOf(searchesFrom(rowsOf, terms)),
      }
    })
}

/** Columns of the row itself that a path reads. */
const columnsOf = (row: RowPath) => [
  row.column.split(".")[0],
  ...("owner" in row && typeof row.owner === "string" ? [row.owner] : []),
  ...("addressee" in row && row.addressee ? [row.addressee] : []),
]

const leadsOnce = ([row, ...others]: RowPath[], parent: (name: string) => MapEntry) =>
  row !== undefined && !others.length && "of" in row && !row.parent_column && !parent(row.of).shared

/** The same entries, looked for by ids alone: what words lead to, masked words do not. */
export const foundByIds = (entries: LiveEntry[]): LiveEntry[] =>
  entries.map((entry) => ({ ...entry, rowsSql: unionOf(entry.searches.filter(({ path }) => !("by_words" in path && path.by_words))) }))

const unionOf = (searches: RowSearch[]) => searches.map(({ sql }) => sql).join("\nUNION ALL\n")

function bindColumn(entry: MapEntry, column: MapColumn, live: LiveColumn): LiveMapColumn {
  for (const resolved of Object.values(column.strategies)) {
    if (!canMask(resolved, live)) {
      throw new MedusaError(
        MedusaError.Types.INVALID_DATA,
        `Privacy: "${entry.table}.${column.name}" is ${live.dataType}${resolved.strategy.types.includes(live.type) && live.type === "other" ? " not null" : ""}, and the strategy "${resolved.strategy.name}" cannot be used on that.`
      )
    }
  }
  return { ...column, live }
}

/** What a strategy needs to know of a column inside a statement with the row as `t` and its subject as `s`. */
export function referenceOf(entry: Pick<LiveEntry, "key" | "keyColumn">, column: LiveMapColumn): ColumnReference {
  return {
    value: `t.${name(column.name)}`,
    key: asText({ sql: `t.${name(entry.key)}`, live: entry.keyColumn }),
    type: column.live.type,
    nullable: column.live.nullable,
    pseudonym: "s.pseudonym",
    salt: "s.salt",
    unknownCustomer: "s.unknown_customer",
  }
}

interface ArmTerms extends Pick<SearchTerms, "condition" | "columns"> {
  parent(name: string): MapEntry
  rowsOf: RowsOf
  schema: LiveSchema
}

function searchesOf(entry: MapEntry, row: RowPath, indexesLiveRows: boolean, terms: ArmTerms): RowSearch[] {
  const { parent, rowsOf, condition, columns = [], schema } = terms
  const liveOf = (table: string, column: string) => schema.get(table)?.get(column)
  const key = asText({ sql: `t.${name(entry.key)}`, live: liveOf(entry.table, entry.key) })
  const more = columns.map((column) => `, t.${name(column)}`).join("")
  const select = (from: string, on: string, subject: string) => {
    const fences = fencesOf(entry, row, subject, terms)
    const where = [row.where, condition, ...fences.map(({ condition: fence }) => fence)].map((term) => (term ? ` AND (${term})` : "")).join("")
    return `SELECT ${key} AS key, ${subject} AS subject${more} FROM ${from}${fences.map(({ join }) => join).join("")} WHERE ${on}${where}`
  }
  const typed: TypedColumn = { sql: columnSql(row.column), live: liveOf(entry.table, row.column) }
  const column = typed.sql

  if ("mentions" in row) {
    const where = [row.where, condition].map((term) => (term ? ` AND (${term})` : "")).join("")
    const sql =
      `SELECT ${key} AS key, known.subject${more} FROM ${name(entry.table)} AS t ` +
      `CROSS JOIN LATERAL jsonb_path_query(${column}::jsonb, 'lax $.** ? (@.type() == "string")') AS mentioned (value) ` +
      `JOIN (SELECT ${normalizedEmail("value")} AS value, subject FROM ${SCOPE.identifiers} WHERE value <> '' AND type <> '${FENCED_EMAIL}' ` +
      `UNION SELECT ${normalizedEmail("key")}, subject FROM ${SCOPE.rows} WHERE entry IN ('customer', 'order', 'cart')) AS known ` +
      `ON known.value = ${normalizedEmail("(mentioned.value #>> '{}')")} WHERE TRUE${where}`
    return [{ path: row, rows: "all", indexed: null, sql }]
  }
  if ("identifier" in row) {
    const value = row.identifier === "email" ? normalizedEmail(asText(typed)) : asText(typed)
    const from = `${SCOPE.identifiers} AS i JOIN ${name(entry.table)} AS t ON ${value} = i.value`
    return [{ path: row, rows: "all", indexed: value, sql: select(from, `i.type = '${row.identifier}' AND i.value <> ''`, "i.subject") }]
  }
  const above = parent(row.of)
  const parents = `${rowsOf(row.of)} AS p`
  if (row.by_words && row.parent_column) {
    const { one_of, masked, unless } = row.by_words
    const fences = fencesOf(entry, row, "words.subject", terms)
    const sql = wordSearch({
      table: entry.table, key: entry.key, parents, parentTable: above.table, parentKey: above.key, masked, unless, columns,
      named: [row.column, ...(row.index_with ?? [])], oneOf: one_of, found: rowsOf(entry.table),
      joins: fences.map(({ join }) => join), conditions: [row.where, condition, ...fences.map((fence) => fence.condition)],
    })
    return [{ path: row, rows: "all", indexed: column, sql }]
  }
  const aboveKey = liveOf(above.table, above.key)
  const joined = row.parent_column
    ? equalColumns(typed, { sql: columnSql(row.parent_column, "parent"), live: liveOf(above.table, row.parent_column) })
    : equalsText(typed, "p.key", aboveKey)
  const from = row.parent_column
    ? `${parents} JOIN ${name(above.table)} AS parent ON ${equalsText({ sql: `parent.${name(above.key)}`, live: aboveKey }, "p.key", aboveKey)} ` +
      `JOIN ${name(entry.table)} AS t ON ${joined}`
    : `${parents} JOIN ${name(entry.table)} AS t ON ${joined}`
  const linked = schema.get(above.table)?.has("deleted_at") ? linkedSql(row.parent_column, above, deadLinksOf(row, above)) : ""
  const indexed = joined.startsWith(`${column} = `) ? column : `(${asText(typed)})`
  // An index that covers live rows only (WHERE deleted_at IS NULL) leads to them where they are asked for separately; and the few soft-deleted
  // rows, which hold personal data just the same, are found as well. Where no index tells them apart, one search finds both.
  const arm = (rows: RowSearch["rows"], on: string): RowSearch => ({ path: row, rows, indexed, sql: select(from, on + linked, "p.subject") })
  return indexesLiveRows ? [arm("live", "t.deleted_at IS NULL"), arm("deleted", "t.deleted_at IS NOT NULL")] : [arm("all", "TRUE")]
}

/** Which links `parent` count. */
function linkedSql(column: string | undefined, { table }: MapEntry, deadLinks: "never" | "unclaimed" | null): string {
  if (!deadLinks || !column) {
    return ""
  }
  const claimed = `EXISTS (SELECT 1 FROM ${name(table)} AS live WHERE live.${name(column)} = parent.${name(column)} AND live.deleted_at IS NULL)`
  return ` AND (parent.deleted_at IS NULL${deadLinks === "unclaimed" ? ` OR NOT ${claimed}` : ""})`
}

/** What keeps a search away from other customers' rows: joins and a condition each. */
interface Fence {
  join: string
  condition: string
}

function fencesOf(entry: MapEntry, row: RowPath, subject: string, { schema }: ArmTerms): Fence[] {
  if ("mentions" in row) {
    return []
  }
  const owner = "owner" in row ? ownerSql(row.owner, schema) : null
  return [
    ...(owner ? [ownerFence(owner, subject, "of" in row)] : []),
    ...("addressee" in row && row.addressee ? [addresseeFence(`t.${name(row.addressee)}`, subject)] : []),
    ...entry.usedBy.filter(({ table }) => schema.has(table)).map((user) => ({
      join: "",
      condition: user.columns.map((column) => `NOT ${usedByAnother(user.table, column, user.owner, `t.${name(entry.key)}`)}`).join(" AND "),
    })),
  ]
}

/** The owner's id as an expression, and the join it needs. */
function ownerSql(owner: Owner | null | undefined, schema: LiveSchema): { id: string; join: string } | null {
  if (typeof owner === "string") {
    return { id: `t.${name(owner)}`, join: "" }
  }
  // Asked once for each row, and not before the row is found.
  return owner && owner.tables.every((table) => schema.has(table)) ? { id: "named.id", join: ` CROSS JOIN LATERAL (SELECT (${owner.sql}) AS id OFFSET 0) AS named` } : null
}

/**
 * Passes over a row that names another customer: of rows found by the address those of a live account only, since guest records are not told apart
 * there; of rows found from other rows, every other customer's (the former owner's of a transferred order).
 *
 * Nearly all rows are the subject's own, which a join tells; the planner takes a sub-select for dearer than reading all. The others' owners are
 * looked up one by one, not all customers read: naming the subject keeps the look-up behind the join.
 */
function ownerFence({ id, join }: { id: string; join: string }, subject: string, anyCustomer: boolean): Fence {
  const which = anyCustomer ? "" : "AND owner.has_account AND owner.deleted_at IS NULL "
  return {
    join: `${join} LEFT JOIN ${SCOPE.rows} AS own ON own.entry = 'customer' AND own.key = ${id} AND own.subject = ${subject}`,
    condition:
      `${id} IS NULL OR own.key IS NOT NULL OR ` +
      `(SELECT count(*) FROM customer AS owner WHERE owner.id = ${id} ${which}AND ${subject} IS NOT NULL) = 0`,
  }
}

/** Passes over a message that went to another customer's address. By the address as it is written, for which Medusa has an index. */
function addresseeFence(address: string, subject: string): Fence {
  return {
    join:
      ` LEFT JOIN ${SCOPE.identifiers} AS addressed ON addressed.subject = ${subject} AND addressed.type IN ('email', '${FENCED_EMAIL}') ` +
      `AND addressed.value = ${normalizedEmail(address)}`,
    condition:
      `addressed.value IS NOT NULL OR (SELECT count(*) FROM customer AS addressee WHERE addressee.email IN (${address}, lower(${address})) ` +
      `AND addressee.deleted_at IS NULL AND ${subject} IS NOT NULL) = 0`,
  }
}

/**
 * True where a record of a customer who was not asked for uses the row. Who was erased before is nobody, and so is the Unknown Customer, to whom
 * erased orders go. Counted, so that the records are looked up by the row's key, whatever the planner thinks of their number.
 */
const usedByAnother = (table: string, column: string, owner: string, key: string) =>
  `(SELECT count(*) FROM ${name(table)} AS user_of WHERE user_of.${name(column)} = ${key} AND user_of.deleted_at IS NULL AND ` +
  `CASE WHEN user_of.${name(owner)} IN (SELECT asked.key FROM ${SCOPE.rows} AS asked WHERE asked.entry = 'customer') THEN FALSE ` +
  `ELSE EXISTS (SELECT 1 FROM customer AS another WHERE another.id = user_of.${name(owner)} AND another.email IS DISTINCT FROM '${UNKNOWN_CUSTOMER_EMAIL}' ` +
  `AND NOT EXISTS (SELECT 1 FROM privacy_ledger_entry AS erased WHERE erased.customer_id = another.id AND erased.deleted_at IS NULL)) END) > 0`

/** `app_metadata.customer_id` reads a key of a JSON column. */
function columnSql(column: string, table = "t"): string {
  const [base, ...path] = column.split(".")
  return path.length ? `(${table}.${name(base)} #>> '{${path.join(",")}}')` : `${table}.${name(base)}`
}
