import { literal, name } from "../database/sql"
import type { BoundDataMap } from "../data-map/data-map"
import { isRow } from "../data-map/keys"
import { SCOPE, type LiveEntry } from "../data-map/live-map"
import { currencyOf } from "./currency"
import { rowJson, shownColumns, type ShownColumn } from "./shown-columns"

/** First names of the subjects of a chunk: what tells an address of theirs from one of whom they sent a present to. */
const NAMES = "privacy_names"

/** An entry of the data map as an extract shows it. */
export interface ShownEntry {
  /** What the rows are, in words: "order address". */
  record: string
  /** Key of the kind in JSON, and name of its CSV file: "order_items". */
  kind: string
  columns: ShownColumn[]
  /** The entry of the data map; null for what the plugin adds by itself. */
  entry: LiveEntry | null
  sql: string
}

/** What an extract reads and shows, for one data map and one choice of redaction. */
export interface ExtractPlan {
  entries: ShownEntry[]
  redactOthers: boolean
  /** Reads every row of the scope: `subject`, `entry` (its place in `entries`), `data`; by subject, kind and row. */
  rowsSql: string
  /** Whom the subjects' data was passed to: `subject`, `kind`, `recipient`. Null when no table tells. */
  recipientsSql: string | null
}

const kindKey = (kind: string) => kind.toLowerCase().replace(/[^a-z0-9]+/g, "_")

/** A table's name in words. */
const inWords = (table: string) => table.replace(/_+/g, " ")

/** Totals that Medusa keeps beside the order. */
const ORDER_TOTAL = `(SELECT (y.totals ->> 'current_order_total')::numeric FROM order_summary AS y
  WHERE y.order_id = t.id AND y.deleted_at IS NULL ORDER BY y.version DESC LIMIT 1)`

export function planExtract(map: Pick<BoundDataMap, "entries" | "schema">, redactOthers: boolean): ExtractPlan {
  const kinds = [...new Set(map.entries.map(({ kind }) => kindKey(kind)))]
  const shown = map.entries
    .map((entry): ShownEntry => {
      const columns = [...shownColumns(entry, map, redactOthers), ...addedColumns(entry, map)]
      const record = inWords(entry.table)
      return { record, kind: kindKey(entry.kind), columns, entry, sql: entrySql(entry, map.entries, rowJson(columns, record)) }
    })
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
  const entries = [...shown, OWN_REQUESTS]
  const recipients = map.entries.filter(({ table }) => map.schema.get(table)?.has("provider_id"))
  return {
    entries,
    redactOthers,
    rowsSql:
      `SELECT subject, entry, data FROM (${entries.map(({ sql }, number) => sql.replace("{number}", String(number))).join("\nUNION ALL\n")}) AS found ` +
      `ORDER BY subject, entry, key COLLATE "C"`,
    recipientsSql: recipients.length
      ? recipients
          .map(
            (entry) =>
              `SELECT r.subject, ${literal(kindKey(entry.kind))} AS kind, t.provider_id AS recipient FROM ${SCOPE.rows} AS r ` +
              `JOIN ${name(entry.table)} AS t ON ${isRow(entry)} WHERE r.entry = '${entry.name}' AND t.provider_id IS NOT NULL`
          )
          .join("\nUNION\n")
      : null,
  }
}

/** What a person asks for first and Medusa keeps in another table. */
function addedColumns(entry: LiveEntry, map: Pick<BoundDataMap, "entries" | "schema">): ShownColumn[] {
  if (entry.table === "order" && map.schema.has("order_summary")) {
    const sql = `'{"amount": ' || ${ORDER_TOTAL}::text || ', "currency_code": ' || to_json(${currencyOf(entry, map)})::text || '}'`
    return [{ name: "total", sql, money: true, withheld: null }]
  }
  if (entry.table === "customer_group_customer" && map.schema.has("customer_group")) {
    const sql = "to_json((SELECT y.name FROM customer_group AS y WHERE y.id = t.customer_group_id))::text"
    return [{ name: "group", sql, money: false, withheld: null }]
  }
  return []
}

function entrySql(entry: LiveEntry, entries: LiveEntry[], json: string): string {
  // A row that two entries of one table have found is shown once.
  const earlier = entries.slice(0, entries.indexOf(entry)).filter(({ table }) => table === entry.table)
  const once = earlier.length
    ? ` AND (r.key, r.subject) NOT IN (SELECT e.key, e.subject FROM ${SCOPE.rows} AS e WHERE e.entry IN (${earlier.map((other) => literal(other.name)).join(", ")}))`
    : ""
  return (
    `SELECT r.subject, {number} AS entry, r.key, ${json} AS data FROM ${SCOPE.rows} AS r ` +
    `JOIN ${name(entry.table)} AS t ON ${isRow(entry)}${entry.recipient ? namesAnother(entry.recipient) : ""} ` +
    `WHERE r.entry = '${entry.name}'${once}`
  )
}

/**
 * Whether a row names somebody else: its first name is none of the subject's. A surname changes with a marriage, and a family shares one.
 * Where either is missing, the row is the subject's.
 */
function namesAnother(column: string): string {
  const first = firstName(`t.${name(column)}`)
  return (
    ` CROSS JOIN LATERAL (SELECT coalesce(${first}, '') <> '' AND r.subject IN (SELECT n.subject FROM ${NAMES} AS n) ` +
    `AND (r.subject, ${first}) NOT IN (SELECT n.subject, n.first FROM ${NAMES} AS n) AS other OFFSET 0) AS o`
  )
}

/** The first word of a name, in comparison form. */
const firstName = (value: string) => `split_part(lower(btrim(${value})), ' ', 1)`

/** Fills the names of the subjects, once their rows are found. */
export const FILL_NAMES = [
  `CREATE TEMP TABLE ${NAMES} (subject int NOT NULL, first text NOT NULL) ON COMMIT DROP`,
  `INSERT INTO ${NAMES} (subject, first) SELECT DISTINCT r.subject, ${firstName("c.first_name")} FROM ${SCOPE.rows} AS r
   JOIN customer AS c ON c.id = r.key WHERE r.entry = 'customer' AND btrim(coalesce(c.first_name, '')) <> ''`,
]

const requestColumns: ShownColumn[] = [
  ["reference", "q.reference"], ["type", "q.type"], ["method", "q.method"], ["status", "x.status"], ["requested_at", "q.created_at"],
  ["processed_at", "x.processed_at"], ["due_at", "q.due_at"],
].map(([column, value]) => ({ name: column, sql: `to_json(${value})::text`, money: false, withheld: null }))

/** The subject's own privacy requests: the plugin's tables are no part of the map, and yet tell something about a person. */
const OWN_REQUESTS: ShownEntry = {
  record: "privacy request",
  kind: "privacy_requests",
  columns: requestColumns,
  entry: null,
  sql:
    `SELECT r.subject, {number} AS entry, x.id AS key, ${rowJson(requestColumns, "privacy request")} AS data FROM ${SCOPE.rows} AS r ` +
    `JOIN privacy_subject AS x ON x.customer_id = r.key AND x.deleted_at IS NULL JOIN privacy_request AS q ON q.id = x.request_id WHERE r.entry = 'customer'`,
}
