import { literal, name } from "../database/sql"
import type { Session } from "../database/session"
import { isRow } from "../data-map/keys"
import { SCOPE, type LiveEntry, type LiveMapColumn } from "../data-map/live-map"

/** A subscription that an erasure would cancel. */
export interface Subscription {
  id: string
  label: string
  status: string
}

/** What a store calls its subscriptions in its declarations. */
const KIND = "subscriptions"

/** Enough for a confirmation; the footprint has their number. */
const MOST = 20

/** States the declaration ends: `{ strategy: "set", value, when }`. */
const endsOf = (column: LiveMapColumn) => {
  const { strategy, options } = column.strategies.anonymize
  return strategy.name === "set" && Array.isArray(options.when) ? (options.when as string[]) : null
}

/** Running subscriptions of the scope's subject, in the tables that were declared under the kind "subscriptions". */
export async function readSubscriptions(session: Session, entries: LiveEntry[]): Promise<Subscription[]> {
  const found: Subscription[] = []
  for (const entry of entries.filter(({ kind }) => kind === KIND)) {
    const status = entry.columns.find(endsOf)
    if (status) {
      const { rows } = await session.run<Subscription>(
        `SELECT r.key AS id, r.key AS label, t.${name(status.name)} AS status FROM ${SCOPE.rows} AS r JOIN ${name(entry.table)} AS t ON ${isRow(entry)}
         WHERE r.entry = ${literal(entry.name)} AND t.${name(status.name)} IN (${(endsOf(status) as string[]).map(literal).join(", ")})
           ${entry.hasDeletedAt ? "AND t.deleted_at IS NULL" : ""} ORDER BY r.key LIMIT ${MOST}`
      )
      found.push(...rows)
    }
  }
  return found
}
