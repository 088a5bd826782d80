import { name } from "../database/sql"
import type { BoundDataMap } from "../data-map/data-map"
import type { LiveEntry } from "../data-map/live-map"

/** How far up the data map the currency of an amount is looked for: order item → order is one step. */
const STEPS = 4

/**
 * The currency of a row's amounts as SQL with the row as `t`: its own, or that of the record it belongs to, found along the paths of the data
 * map. Null where there is none.
 */
export function currencyOf(entry: LiveEntry, map: Pick<BoundDataMap, "entries" | "schema">): string | null {
  return search(entry, map, "t", STEPS)
}

function search(entry: LiveEntry, map: Pick<BoundDataMap, "entries" | "schema">, alias: string, steps: number): string | null {
  if (map.schema.get(entry.table)?.has("currency_code")) {
    return `${alias}.currency_code`
  }
  if (!steps) {
    return null
  }
  // Along the row's own reference first: that is a look-up by primary key.
  const ways = [...entry.rows].sort((a, b) => Number("parent_column" in a && Boolean(a.parent_column)) - Number("parent_column" in b && Boolean(b.parent_column)))
  for (const way of ways) {
    if (!("of" in way) || way.column.includes(".") || way.parent_column?.includes(".")) {
      continue
    }
    const parent = map.entries.find((known) => known.name === way.of)
    const own = parent && search(parent, map, `${alias}p`, steps - 1)
    if (parent && own) {
      const on = way.parent_column
        ? `${alias}p.${name(way.parent_column)} = ${alias}.${name(way.column)}${parent.hasDeletedAt ? ` AND ${alias}p.deleted_at IS NULL` : ""}`
        : `${alias}p.${name(parent.key)} = ${alias}.${name(way.column)}`
      return `(SELECT ${own} FROM ${name(parent.table)} AS ${alias}p WHERE ${on} LIMIT 1)`
    }
  }
  return null
}
