import { MedusaError } from "@medusajs/framework/utils"
import { name } from "../database/sql"
import type { Session } from "../database/session"
import { isRow } from "../data-map/keys"
import { SCOPE, type LiveEntry } from "../data-map/live-map"
import { goesWhole, leftoverColumn, type ErasurePlan } from "../erasure/mask"
import { scopedRows } from "../subjects/scope"

/** One statement that names the first masked column which still holds something else, per table. */
function leftovers(entry: LiveEntry, plan: ErasurePlan): string | null {
  if (goesWhole(entry, plan)) {
    return (
      `SELECT '${entry.table}' AS "table", '*' AS "column", r.subject FROM ${SCOPE.rows} AS r ` +
      `JOIN ${name(entry.table)} AS t ON ${isRow(entry)} WHERE r.entry = '${entry.name}'`
    )
  }
  const leftover = leftoverColumn(entry, plan)
  return (
    leftover &&
    `SELECT '${entry.table}' AS "table", found.column, found.subject FROM (SELECT r.subject, ${leftover} AS column ` +
      `FROM ${scopedRows(entry, [leftover])} WHERE r.entry = '${entry.name}') AS found WHERE found.column IS NOT NULL`
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

/** Medusa's index engine fills a search column of the row that is written, and nothing else. */
const HARMLESS = "update_document_tsv"

/** Whether anything in the database may write besides the statement it is given: triggers, rules, and row security, which passes rows over. */
async function othersWrite(session: Session): Promise<boolean> {
  const { rows } = await session.run(
    `SELECT 1 FROM pg_class AS c WHERE c.relnamespace = quote_ident(current_schema())::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'privacy_audit_entry' AND (
       c.relrowsecurity
       OR EXISTS (SELECT 1 FROM pg_trigger AS g JOIN pg_proc AS f ON f.oid = g.tgfoid
         WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled <> 'D' AND f.proname <> '${HARMLESS}')
       OR EXISTS (SELECT 1 FROM pg_rewrite AS w WHERE w.ev_class = c.oid AND w.ev_enabled <> 'D')) LIMIT 1`
  )
  return rows.length > 0
}

/**
 * The check inside the transaction: every row of the scope holds its masked values or is gone. Each rewriting statement looks at the rows as
 * the database has them after it, and has them locked; where something else may write as well (a trigger that puts a value back), all rows
 * are read once more, before commit.
 *
 * @param clean what `eraseScope` gave back
 * @throws MedusaError UNEXPECTED_STATE naming table and column, never a value
 */
export async function verifyErased(session: Session, entries: LiveEntry[], plan: ErasurePlan, clean: boolean): Promise<void> {
  if (clean && !(await othersWrite(session))) {
    return
  }
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
