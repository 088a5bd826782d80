import { MedusaError } from "@medusajs/framework/utils"
import type { PrivacyOptions } from "../options"
import type { MapEntry } from "./definition"
import { NON_PERSONAL } from "./non-personal"
import { needsClassification, type LiveColumn, type LiveSchema } from "./schema"

/** A column nobody has classified. */
interface UnclassifiedColumn {
  table: string
  column: string
  type: string
  /** The declaration to add to the plugin options. */
  declaration: string
}

/** The map held against the live schema. */
export interface Coverage {
  tables: number
  /** Columns that can hold words about a person. */
  columns: number
  /** Of these, the columns mapped as personal (any category but `technical`). */
  personal: number
  unclassified: UnclassifiedColumn[]
}

/** Tables of the plugin itself: beside settings they hold ids and keyed hashes; erasure/own-records.ts clears what is plain in them. */
const OWN_TABLES = /^privacy_/

/** Documents of Postgres search indexes: written and removed by the Search Module, which the erasure tells about it. */
const SEARCH_DOCUMENTS = /^search_.+_v\d+$/

/** Holds the data map against the schema: every text, varchar, json and jsonb column is mapped or declared non-personal. */
export function measureCoverage(entries: MapEntry[], schema: LiveSchema, nonPersonal: Record<string, string[]> = {}): Coverage {
  const mapped = new Map<string, boolean>()
  for (const entry of entries) {
    for (const column of entry.columns) {
      const key = `${entry.table}.${column.name}`
      mapped.set(key, mapped.get(key) || column.category !== "technical")
    }
  }
  const declared = new Set(
    [NON_PERSONAL, nonPersonal].flatMap((tables) => Object.entries(tables).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`)))
  )
  const coverage: Coverage = { tables: 0, columns: 0, personal: 0, unclassified: [] }
  for (const [table, columns] of schema) {
    if (OWN_TABLES.test(table) || SEARCH_DOCUMENTS.test(table)) {
      continue
    }
    coverage.tables += 1
    for (const [column, live] of columns) {
      if (!needsClassification(live)) {
        continue
      }
      coverage.columns += 1
      const key = `${table}.${column}`
      if (mapped.has(key)) {
        coverage.personal += mapped.get(key) ? 1 : 0
      } else if (!declared.has(key)) {
        coverage.unclassified.push({ table, column, type: live.dataType, declaration: suggestion(entries, table, columns, column) })
      }
    }
  }
  return coverage
}

/** Columns that usually say whose a row is, the surest first. */
const WAYS = [
  { column: "customer_id", way: `of: "customer"` },
  { column: "order_id", way: `of: "order"` },
  { column: "cart_id", way: `of: "cart"` },
  { column: "email", way: `identifier: "email"` },
]

/** The likeliest way from a row to its subject by what columns the table has: one of the usual ones, else the key of a record the map knows. */
function likelyWay(entries: MapEntry[], columns: Map<string, LiveColumn>): string | undefined {
  const known = entries.map(({ name, table }) => ({ column: `${table}_id`, way: `of: "${name}"` }))
  // Rows are addressed by `id`, unless a declaration says otherwise.
  const found = columns.has("id") ? [...WAYS, ...known].find(({ column }) => columns.has(column)) : undefined
  return found && `{ column: "${found.column}", ${found.way} }`
}

/**
 * A declaration that can be pasted: a further entry for a table the map has, else one with the likeliest way to the subject. A table
 * none of whose columns leads to one is most likely about nobody.
 */
function suggestion(entries: MapEntry[], table: string, columns: Map<string, LiveColumn>, column: string): string {
  const strategy = columns.get(column)?.type === "text" ? "redact" : "json_scrub"
  const known = entries.find((entry) => entry.table === table)
  const way = known ? `{ column: "${known.key}", of: "${known.name}" }` : likelyWay(entries, columns)
  const nonPersonal = `non_personal: { "${table}": ["${column}"] }`
  if (!way) {
    return `${nonPersonal} — or, when it is about a person: an entry in \`tables\` whose \`rows\` say how a row of "${table}" leads to a customer; no column's name tells.`
  }
  const head = known ? `name: "${table}_${column}", kind: "${known.kind}", key: "${known.key}"` : `kind: "${table}"`
  return (
    `tables: [{ table: "${table}", ${head}, rows: [${way}], columns: { ${column}: { category: "free_text", anonymize: "${strategy}" } } }] ` +
    `— or, when it says nothing about a person: ${nonPersonal}`
  )
}

/** One line for the log at start. */
export function coverageLine({ tables, columns, personal, unclassified }: Coverage): string {
  const gap = unclassified.length
    ? `${unclassified.length} not classified: ${unclassified
        .slice(0, 5)
        .map(({ table, column }) => `${table}.${column}`)
        .join(", ")}${unclassified.length > 5 ? ", …" : ""}. See GET /admin/privacy-data-map.`
    : "none left unclassified."
  return `Privacy data map: ${tables} tables, ${columns} columns of text or JSON, ${personal} of them personal; ${gap}`
}

/**
 * In strict mode nothing is erased by a map that does not know every column.
 *
 * @throws MedusaError NOT_ALLOWED that names the first column and the declaration to add
 */
export function refuseUnclassified({ strict }: Pick<PrivacyOptions, "strict">, { unclassified }: Coverage): void {
  if (strict && unclassified.length) {
    const [{ table, column, declaration }] = unclassified
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `Strict mode: ${unclassified.length} ${unclassified.length === 1 ? "column is" : "columns are"} not classified, the first is ` +
        `"${table}.${column}". Nothing was erased. Add to the plugin options: ${declaration}`
    )
  }
}
