import type { MapEntry } from "./definition"
import { NON_PERSONAL } from "./non-personal"
import { needsClassification, type LiveSchema } from "./schema"

/** A column nobody has classified. */
export interface UnclassifiedColumn {
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

/** Tables of the plugin itself: they hold hashes, ids and settings, and the erase path clears what is plain in them. */
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
        coverage.unclassified.push({ table, column, type: live.dataType, declaration: suggestion(table, column, live.type) })
      }
    }
  }
  return coverage
}

function suggestion(table: string, column: string, type: string): string {
  const strategy = type === "text" ? "redact" : "json_scrub"
  return (
    `tables: [{ table: "${table}", kind: "${table}", rows: [{ column: "customer_id", of: "customer" }], ` +
    `columns: { ${column}: { category: "free_text", anonymize: "${strategy}" } } }] ` +
    `— or, when it says nothing about a person: non_personal: { "${table}": ["${column}"] }`
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
