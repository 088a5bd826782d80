import { createHash } from "node:crypto"
import { name } from "../database/sql"
import type { Session } from "../database/session"
import type { LiveEntry, RowSearch } from "./live-map"

/** A way to a subject's rows on which the database has to read a whole table. */
export interface MissingIndex {
  table: string
  /** What is compared: a column or an expression. */
  expression: string
  /** "deleted" where Medusa's own index covers the live rows only. */
  rows: RowSearch["rows"]
  /** Entries of the data map that are found this way. */
  entries: string[]
  /** Rows of the table as the planner knows them. */
  tableRows: number
  /** Name of the index that would help; null where none does. */
  name: string | null
  /** What creates it without locking the table; null where none helps: the table is searched by content. */
  statement: string | null
}

/** With this the planner reads a whole table only where it has no other way, however small the table is today. */
const INDEXES_OR_NOTHING = "SET LOCAL enable_seqscan = off"

const ARMS = { all: "TRUE", live: "t.deleted_at IS NULL", deleted: "t.deleted_at IS NOT NULL" }

/** Postgres' limit of a name. */
const LONGEST_NAME = 63

interface PlanNode {
  "Node Type": string
  Alias?: string
  "Index Name"?: string
  "Index Cond"?: string
  Plans?: PlanNode[]
}

/**
 * Asks the planner about every way to every row of the map, and names those it can only go by reading the whole table, with the index that
 * would spare it. Nothing is created: an index costs the shop on every write, so it is the shop's decision.
 *
 * @param session its transaction gets planner settings of its own; do nothing else in it
 */
export async function findMissingIndexes(session: Session, entries: LiveEntry[]): Promise<MissingIndex[]> {
  await session.run(INDEXES_OR_NOTHING)
  const facts = await readFacts(session)
  const missing = new Map<string, MissingIndex>()
  for (const entry of entries) {
    for (const search of entry.searches) {
      if (!isLed(entry, search, facts.leading) && !(await isIndexed(session, entry, search, facts.forDeleted))) {
        add(missing, entry, search, facts.rows.get(entry.table) ?? 0)
      }
    }
  }
  return [...missing.values()].sort((a, b) => b.tableRows - a.tableRows || a.table.localeCompare(b.table))
}

async function readFacts(session: Session) {
  const { rows: tables } = await session.run<{ table: string; rows: number }>(
    `SELECT relname AS "table", greatest(reltuples, 0)::float AS rows FROM pg_class WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relkind IN ('r', 'p')`
  )
  // An index of the soft-deleted rows only: whatever it is on, it leads to few.
  const { rows: indexes } = await session.run<{ name: string }>(
    `SELECT c.relname AS name FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid WHERE pg_get_expr(i.indpred, i.indrelid) = '(deleted_at IS NOT NULL)'`
  )
  // Of a table without rows the planner takes any index; the catalogue says which of them leads with the column.
  const { rows: leading } = await session.run<{ table: string; column: string; predicate: string }>(
    `SELECT t.relname AS "table", a.attname AS "column", coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS predicate
     FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
     WHERE t.relnamespace = quote_ident(current_schema())::regnamespace AND i.indisvalid`
  )
  return {
    rows: new Map(tables.map(({ table, rows }) => [table, rows])),
    forDeleted: new Set(indexes.map((index) => index.name)),
    leading: new Set(leading.map(({ table, column, predicate }) => `${table} ${name(column)} ${predicate}`)),
  }
}

/** True when an index of all rows, or of the rows looked for, begins with the column. */
function isLed({ table }: LiveEntry, { indexed, rows }: RowSearch, leading: Set<string>): boolean {
  const predicates = { all: [""], live: ["", "(deleted_at IS NULL)"], deleted: ["", "(deleted_at IS NOT NULL)"] }[rows]
  return predicates.some((predicate) => leading.has(`${table} ${indexed?.replace(/^t\./, "")} ${predicate}`))
}

async function isIndexed(session: Session, { table }: LiveEntry, { indexed, path, rows }: RowSearch, forDeleted: Set<string>): Promise<boolean> {
  if (!indexed) {
    return false
  }
  const { rows: answer } = await session.run<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
    `EXPLAIN (FORMAT JSON) SELECT FROM ${name(table)} AS t WHERE ${indexed} = 'x' AND ${ARMS[rows]}`
  )
  const [column] = path.column.split(".")
  const leads = ({ "Index Cond": condition = "", "Index Name": index = "" }: PlanNode) =>
    (condition.includes(column) && condition.includes(" = ")) ||
    (rows === "deleted" && (condition.includes("deleted_at IS NOT NULL") || forDeleted.has(index)))
  // The table itself, or each of its partitions.
  const scans = nodesOf(answer[0]["QUERY PLAN"][0].Plan).filter(({ Alias }) => Alias)
  return scans.every((scan) => nodesOf(scan).some(leads))
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

function add(missing: Map<string, MissingIndex>, entry: LiveEntry, { indexed, path, rows }: RowSearch, tableRows: number) {
  const { table } = entry
  const own = (text: string) => text.replace(/\bt\.(?=")/g, "")
  const expression = indexed ? own(indexed) : path.column
  const known = missing.get(`${table} ${expression}`)
  if (known) {
    known.entries = [...new Set([...known.entries, entry.name])]
    // An index of all rows serves the deleted ones too.
    known.rows = known.rows === rows ? rows : "all"
    Object.assign(known, indexOf(known.table, known, indexed, path))
    return
  }
  const found = { table, expression, rows: rows === "live" ? ("all" as const) : rows, entries: [entry.name], tableRows }
  missing.set(`${table} ${expression}`, { ...found, ...indexOf(table, found, indexed, path) })
}

function indexOf(table: string, { expression, rows }: Pick<MissingIndex, "expression" | "rows">, indexed: string | null, path: RowSearch["path"]) {
  if (!indexed) {
    return { name: null, statement: null }
  }
  const others = "index_with" in path ? (path.index_with ?? []) : []
  const columns = [/^"[^"]+"$/.test(expression) ? expression : `(${expression})`, ...others.map(name)]
  const deleted = rows === "deleted"
  const form = "identifier" in path && path.identifier === "email" ? ["email_form"] : []
  const index = shortened(["IDX_privacy", table, path.column.replace(/\W/g, "_"), ...form, ...others, ...(deleted ? ["deleted"] : [])].join("_"))
  return {
    name: index,
    statement: `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${name(index)} ON ${name(table)} (${columns.join(", ")})${deleted ? " WHERE deleted_at IS NOT NULL" : ""}`,
  }
}

/** Postgres cuts long names off, and two of them may become one. */
function shortened(index: string): string {
  return index.length <= LONGEST_NAME ? index : `${index.slice(0, LONGEST_NAME - 9)}_${createHash("sha256").update(index).digest("hex").slice(0, 8)}`
}
