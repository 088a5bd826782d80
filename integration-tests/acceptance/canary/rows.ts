import type { Database } from "../../support/database"

/** Every row of every table of every schema: `schema.table` → key → the row as JSON text. */
export type Rows = Map<string, Map<string, string>>

interface Table {
  schema: string
  table: string
  keys: string[]
}

async function tablesOf(database: Database): Promise<Table[]> {
  return database.rows<Table>(
    `SELECT n.nspname AS schema, c.relname AS table,
       coalesce((SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_index AS i
         JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
         WHERE i.indrelid = c.oid AND i.indisprimary), '{}') AS keys
     FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1, 2`
  )
}

/** Reads the whole database. Rows of a table without a primary key are known by their content. */
export async function readRows(database: Database): Promise<Rows> {
  const rows: Rows = new Map()
  for (const { schema, table, keys } of await tablesOf(database)) {
    const key = keys.length ? `concat_ws('|', ${keys.map((column) => `t."${column}"::text`).join(", ")})` : "md5(t::text)"
    const found = await database.rows<{ key: string; row: string }>(`SELECT ${key} AS key, to_jsonb(t)::text AS row FROM "${schema}"."${table}" AS t`)
    rows.set(`${schema}.${table}`, new Map(found.map((item) => [item.key, item.row])))
  }
  return rows
}

/** Keys of `later` that `earlier` did not have. */
export function newKeys(earlier: Rows, later: Rows): Map<string, Set<string>> {
  return new Map([...later].map(([table, rows]) => [table, new Set([...rows.keys()].filter((key) => !earlier.get(table)?.has(key)))]))
}

/** A difference between two readings. */
export interface Difference {
  table: string
  key: string
  kind: "gone" | "new" | "changed"
  /** Names of the columns that differ. */
  columns: string[]
}

export function differences(before: Rows, after: Rows): Difference[] {
  const found: Difference[] = []
  for (const table of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(table) ?? new Map<string, string>(), after.get(table) ?? new Map<string, string>()]
    for (const [key, row] of old) {
      const other = now.get(key)
      if (other === undefined) {
        found.push({ table, key, kind: "gone", columns: [] })
      } else if (other !== row) {
        found.push({ table, key, kind: "changed", columns: changedColumns(row, other) })
      }
    }
    for (const key of now.keys()) {
      if (!old.has(key)) {
        found.push({ table, key, kind: "new", columns: [] })
      }
    }
  }
  return found
}

function changedColumns(a: string, b: string): string[] {
  const [left, right] = [JSON.parse(a), JSON.parse(b)]
  return Object.keys({ ...left, ...right }).filter((column) => JSON.stringify(left[column]) !== JSON.stringify(right[column]))
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

/** Matches any of the words in any casing, as they stand in text or in JSON. */
export function matcher(words: string[]): RegExp {
  const forms = [...new Set(words.filter(Boolean).flatMap((word) => [word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word)]))]
  return new RegExp(forms.map(escaped).join("|"), "i")
}
