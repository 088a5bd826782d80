import { MedusaError } from "@medusajs/framework/utils"
import { name } from "../database/sql"
import type { Session } from "../database/session"
import { referenceOf, SCOPE, type LiveEntry } from "../data-map/live-map"
import { goesWhole, maskedColumns, type ErasurePlan } from "../erasure/mask"
import { scopedRows } from "../subjects/scope"

/** One statement that names the first masked column which still holds something else, per table. */
function leftovers(entry: LiveEntry, plan: ErasurePlan): string | null {
  if (goesWhole(entry, plan)) {
    return (
      `SELECT '${entry.table}' AS "table", '*' AS "column", r.subject FROM ${SCOPE.rows} AS r ` +
      `JOIN ${name(entry.table)} AS t ON t.${name(entry.key)} = r.key WHERE r.entry = '${entry.name}'`
    )
  }
  const columns = maskedColumns(entry, plan)
  if (!columns.length) {
    return null
  }
  const checks = columns.map((column) => {
    const { strategy, options } = plan.strategyOf(entry, column)
    return `WHEN NOT coalesce(${strategy.isMasked(referenceOf(entry, column), options)}, FALSE) THEN '${column.name}'`
  })
  return (
    `SELECT '${entry.table}' AS "table", found.column, found.subject FROM (SELECT r.subject, CASE ${checks.join(" ")} END AS column ` +
    `FROM ${scopedRows(entry, checks)} WHERE r.entry = '${entry.name}') AS found WHERE found.column IS NOT NULL`
  )
}

const everyLeftover = (entries: LiveEntry[], plan: ErasurePlan) =>
  entries
    .map((entry) => leftovers(entry, plan))
    .filter((check) => check !== null)
    .join("\nUNION ALL\n")

/** Rows of the scope that hold something the plan takes away: the first such column of each. */
export async function findLeftovers(session: Session, entries: LiveEntry[], plan: ErasurePlan): Promise<{ table: string; column: string; subject: number }[]> {
  return (await session.run<{ table: string; column: string; subject: number }>(everyLeftover(entries, plan))).rows
}

/**
 * The check inside the transaction: every row of the scope holds its masked values or is gone. What a trigger or a concurrent writer
 * put back is caught here, before commit.
 *
 * @throws MedusaError UNEXPECTED_STATE naming table and column, never a value
 */
export async function verifyErased(session: Session, entries: LiveEntry[], plan: ErasurePlan): Promise<void> {
  const { rows } = await session.run<{ table: string; column: string }>(`${everyLeftover(entries, plan)}\nLIMIT 1`)
  if (rows.length) {
    const [{ table, column }] = rows
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      `Privacy: ${column === "*" ? `a row of "${table}" was not removed` : `"${table}.${column}" was not erased`}. ` +
        `Nothing was changed. Look for a trigger or rule on "${table}" that writes the value back.`
    )
  }
}
