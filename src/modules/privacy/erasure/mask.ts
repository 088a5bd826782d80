import { literal, name } from "../database/sql"
import type { Session } from "../database/session"
import type { Method } from "../data-map/definition"
import { isRow } from "../data-map/keys"
import { referenceOf, SCOPE, type LiveEntry, type LiveMapColumn } from "../data-map/live-map"
import type { ColumnReference, ResolvedStrategy } from "../strategies"
import { rowsFor } from "../subjects/scope"

/** The strategy of every column under one method and profile. */
export interface ErasurePlan {
  method: Method
  strategyOf(entry: LiveEntry, column: LiveMapColumn): ResolvedStrategy
}

/** Columns the plan changes. */
const maskedColumns = (entry: LiveEntry, plan: ErasurePlan) =>
  entry.columns.filter((column) => plan.strategyOf(entry, column).strategy.name !== "keep")

export const goesWhole = (entry: LiveEntry, plan: ErasurePlan) => entry.deleteRow.includes(plan.method)

/** The type json has no equality of its own. */
const differs = ({ value, type }: ColumnReference, mask: string) =>
  type === "json" ? `${value}::text IS DISTINCT FROM (${mask})::text` : `${value} IS DISTINCT FROM (${mask})`

/**
 * SQL expression over a row `t` of the scope `r`: the first masked column that holds something else, or NULL. Naming `r` keeps it behind the
 * join: what it asks of a row is not cheap, and the subjects' rows are few among the table's.
 */
export function leftoverColumn(entry: LiveEntry, plan: ErasurePlan): string | null {
  const checks = maskedColumns(entry, plan).map((column) => {
    const { strategy, options } = plan.strategyOf(entry, column)
    return `WHEN NOT coalesce(${strategy.isMasked(referenceOf(entry, column), options)}, FALSE) THEN ${literal(column.name)}`
  })
  return checks.length ? `CASE WHEN NOT (${isRow(entry)}) THEN NULL ${checks.join(" ")} END` : null
}

/**
 * One statement per table: it rewrites the subjects' rows where a value differs from its masked form, so that a second run touches
 * nothing, and gives back a row where the database then holds something else than it was told to. Null when the plan changes nothing in the table.
 */
function maskStatement(entry: LiveEntry, plan: ErasurePlan): string | null {
  const masks = maskedColumns(entry, plan).map((column) => {
    const { strategy, options } = plan.strategyOf(entry, column)
    const reference = referenceOf(entry, column)
    const mask = strategy.mask(reference, options)
    return { column: name(column.name), mask, changes: strategy.isExact ? `NOT ${strategy.isMasked(reference, options)}` : differs(reference, mask) }
  })
  if (!masks.length) {
    return null
  }
  const set = masks.map(({ column, mask }) => `${column} = ${mask}`)
  // Cheap comparisons first: where one of them says that the row changes, no JSON is taken apart for nothing.
  const changed = masks.map(({ changes }) => changes).sort((a, b) => a.length - b.length)
  const leftover = leftoverColumn(entry, plan) as string
  const same = isRow(entry)
  return (
    `WITH written AS (UPDATE ${name(entry.table)} AS t SET ${set.join(", ")}${entry.hasUpdatedAt ? ", updated_at = now()" : ""} ` +
    `FROM ${rowsFor([...set, ...changed, leftover])} ` +
    `WHERE r.entry = '${entry.name}' AND ${same} AND CASE WHEN ${same} THEN ${changed.join(" OR ")} END ` +
    `RETURNING ${leftover} AS "column") SELECT 1 FROM written WHERE "column" IS NOT NULL LIMIT 1`
  )
}

function deleteStatement(entry: LiveEntry): string {
  return (
    `DELETE FROM ${name(entry.table)} AS t USING ${SCOPE.rows} AS r ` +
    `WHERE r.entry = '${entry.name}' AND ${isRow(entry)}`
  )
}

/**
 * Rewrites and removes the rows of the scope: masks first, then rows that go, children before parents.
 *
 * @returns true when every row that was rewritten holds its masked values
 */
export async function eraseScope(session: Session, entries: LiveEntry[], plan: ErasurePlan): Promise<boolean> {
  const masks = entries.filter((entry) => !goesWhole(entry, plan)).map((entry) => maskStatement(entry, plan)).filter((statement) => statement !== null)
  const deletes = entries.filter((entry) => goesWhole(entry, plan)).reverse().map(deleteStatement)
  const answers = await session.runAll([...masks, ...deletes])
  return answers.slice(0, masks.length).every((leftovers) => leftovers === 0)
}
