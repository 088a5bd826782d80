import { name } from "../database/sql"
import type { LiveColumn } from "./schema"

/** Types whose values can be made again of their text, so that an index on them serves. */
const READABLE = new Set(["uuid", "int2", "int4", "int8", "numeric"])

/** A column in a statement. */
export interface TypedColumn {
  sql: string
  /** Undefined for text: what is read out of JSON. */
  live?: LiveColumn
}

const isText = ({ live }: TypedColumn) => !live || live.type === "text"

/** As the scope writes down keys. */
export const asText = (column: TypedColumn) => (isText(column) ? column.sql : `${column.sql}::text`)

/**
 * A column compared with text the database holds elsewhere. Where that text was written by a column of the same type, it is read as that type
 * again, and an index on the column serves; otherwise the column is read as text.
 *
 * @param source the column the text came from
 */
export function equalsText(column: TypedColumn, text: string, source?: LiveColumn): string {
  const type = column.live?.dataType ?? "text"
  if (isText(column)) {
    return `${column.sql} = ${text}`
  }
  return source?.dataType === type && READABLE.has(type) ? `${column.sql} = ${text}::${type}` : `${column.sql}::text = ${text}`
}

/** Two columns of the store's tables compared. */
export const equalColumns = (a: TypedColumn, b: TypedColumn) =>
  (isText(a) && isText(b)) || a.live?.dataType === b.live?.dataType ? `${a.sql} = ${b.sql}` : `${asText(a)} = ${asText(b)}`

interface Keyed {
  name: string
  key: string
  keyColumn: LiveColumn
}

/**
 * A row `t` of an entry compared with a row `r` of the scope that was noted for it. Read as the key's own type only where the row is the
 * entry's: others' keys may not read as that.
 */
export function isRow({ name: entry, key, keyColumn }: Keyed): string {
  const column = { sql: `t.${name(key)}`, live: keyColumn }
  return equalsText(column, isText(column) || !READABLE.has(keyColumn.dataType) ? "r.key" : `(CASE WHEN r.entry = '${entry}' THEN r.key END)`, keyColumn)
}
