import { literal, name } from "../database/sql"

/** What a search by words goes by. */
export interface WordSearch {
  table: string
  key: string
  /** FROM item with the rows known already, as `p`: columns `key`, `subject`. */
  parents: string
  parentTable: string
  parentKey: string
  /** Columns that must be the same as in the parent; an index leads to the rows by them. The first is the parent's masked column. */
  named: string[]
  /** Columns of which one must be the same besides. */
  oneOf: string[]
  masked: string
  /** FROM item with the rows of the table that were found by an id: they are passed over. */
  found: string
  /** SQL over `t` and `words`, asked last and of few rows. */
  unless: string
  /** What else is asked of a row `t`, with the joins it needs. */
  joins: string[]
  conditions: (string | undefined)[]
  columns: string[]
}

/**
 * Finds rows that only their words connect with a subject, in a time that grows with the subject's rows and not with their square. The parents'
 * words are made distinct first, each row of the same name is read once, rows that were found by an id are dismissed before anything else, and
 * the words are compared by hash: IN inside a CASE stays a hashed look-up whatever the planner takes the sizes for, and nothing in it may be null
 * (a null would be compared with every entry).
 */
export function wordSearch({
  table, key, parents, parentTable, parentKey, named, oneOf, masked, found, unless, joins, conditions, columns,
}: WordSearch): string {
  const list = (alias: string, names: string[]) => names.map((column) => `${alias}.${name(column)}`).join(", ")
  const [masking] = named
  const more = columns.length ? `, ${list("t", columns)}` : ""
  // An empty telephone is no telephone: it is the same in all rows that have none.
  const sameWord = (column: string) =>
    `coalesce(t.${name(column)}, '') <> '' AND (words.subject, ${list("t", [...named, column])}) IN (
      SELECT s.subject, ${list("s", [...named, column])} FROM said AS s WHERE s.${name(column)} <> '')`
  return `(WITH said AS MATERIALIZED (
    SELECT DISTINCT p.subject, ${list("parent", [...named, ...oneOf])}
    FROM ${parents}
    JOIN ${name(parentTable)} AS parent ON parent.${name(parentKey)} = p.key
    WHERE parent.${name(masking)} <> ${literal(masked)}
  ), words AS MATERIALIZED (SELECT DISTINCT subject, ${named.map(name).join(", ")} FROM said)
  SELECT t.${name(key)} AS key, words.subject${more}
  FROM words
  JOIN ${name(table)} AS t ON ${named.map((column) => `t.${name(column)} = words.${name(column)}`).join(" AND ")}${joins.join("")}
  WHERE CASE
    WHEN t.${name(key)} IN (SELECT known.key FROM ${found} AS known) THEN FALSE
    WHEN NOT (${oneOf.map(sameWord).join("\n      OR ")}) THEN FALSE
    WHEN ${unless} THEN FALSE
    ELSE TRUE
  END${conditions.map((term) => (term ? ` AND (${term})` : "")).join("")})`
}
