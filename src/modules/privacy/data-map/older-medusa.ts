import medusa from "@medusajs/medusa/package.json"
import type { MapEntry } from "./definition"
import type { LiveSchema } from "./schema"

/** The Medusa whose tables the built-in map describes. */
const MAPPED: [number, number] = [2, 21]

/**
 * True for a Medusa before the mapped one: it has fewer columns. One that is as new or newer and lacks a mapped column has moved
 * what is in it, and erasing by half a map would leave data behind.
 */
export function isOlderThanMapped(version: string = medusa.version): boolean {
  const [major, minor] = version.split(".").map(Number)
  return major < MAPPED[0] || (major === MAPPED[0] && minor < MAPPED[1])
}

/**
 * The map without the columns, and the ways to rows, that the database does not have. Only for tables of Medusa: what a store
 * declared stays, and is refused where it names a column that is not there.
 *
 * @param declared the tables of the store's own declarations
 */
export function withoutAbsentColumns(entries: MapEntry[], schema: LiveSchema, declared: ReadonlySet<string>): MapEntry[] {
  return entries.flatMap((entry) => {
    const live = schema.get(entry.table)
    if (!live || declared.has(entry.table)) {
      return [entry]
    }
    const columns = entry.columns.filter(({ name }) => live.has(name))
    const rows = entry.rows.filter(({ column }) => live.has(column.split(".")[0]))
    return rows.length ? [{ ...entry, columns, rows }] : []
  })
}
