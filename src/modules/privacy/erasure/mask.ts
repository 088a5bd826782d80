import { name } from "../database/sql"
import type { Session } from "../database/session"
import type { Method } from "../data-map/definition"
import { referenceOf, SCOPE, type LiveEntry, type LiveMapColumn } from "../data-map/live-map"
import type { ColumnReference, ResolvedStrategy } from "../strategies"
import { rowsFor } from "../subjects/scope"

/** The strategy of every column under one method and profile. */
export interface ErasurePlan {
  method: Method
  strategyOf(entry: LiveEntry, column: LiveMapColumn): ResolvedStrategy
}

/** Columns the plan changes. */
export const maskedColumns = (entry: LiveEntry, plan: ErasurePlan) =>
  entry.columns.filter((column) => plan.strategyOf(entry, column).strategy.name !== "keep")

export const goesWhole = (entry: LiveEntry, plan: ErasurePlan) => entry.deleteRow.includes(plan.method)

/** The type json has no equality of its own. */
const differs = ({ value, type }: ColumnReference, mask: string) =>
  type === "json" ? `${value}::text IS DISTINCT FROM (${mask})::text` : `${value} IS DISTINCT FROM (${mask})`

/**
 * One statement per table: it rewrites the subjects' rows where a value differs from its masked form, so that a second run touches
 * nothing. Null when the plan changes nothing in the table.
 */
export function maskStatement(entry: LiveEntry, plan: ErasurePlan): string | null {
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
  return (
    `UPDATE ${name(entry.table)} AS t SET ${set.join(", ")}${entry.hasUpdatedAt ? ", updated_at = now()" : ""} ` +
    `FROM ${rowsFor([...set, ...changed])} ` +
    `WHERE r.entry = '${entry.name}' AND t.${name(entry.key)} = r.key AND (${changed.join(" OR ")})`
  )
}

export function deleteStatement(entry: LiveEntry): string {
  return (
    `DELETE FROM ${name(entry.table)} AS t USING ${SCOPE.rows} AS r ` +
    `WHERE r.entry = '${entry.name}' AND t.${name(entry.key)} = r.key`
  )
}

/** Rewrites and removes the rows of the scope: masks first, then rows that go, children before parents. */
export async function eraseScope(session: Session, entries: LiveEntry[], plan: ErasurePlan): Promise<void> {
  const masks = entries.filter((entry) => !goesWhole(entry, plan)).map((entry) => maskStatement(entry, plan))
  const deletes = entries.filter((entry) => goesWhole(entry, plan)).reverse().map(deleteStatement)
  await session.runAll([...masks.filter((statement) => statement !== null), ...deletes])
}
