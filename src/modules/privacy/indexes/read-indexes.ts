import type { Session } from "../database/session"
import type { LiveEntry } from "../data-map/live-map"
import { findMissingIndexes } from "../data-map/missing-indexes"

type IndexStatus = "missing" | "building" | "failed"

/** An index the data map would need and the database lacks, as the API shows it. */
export interface IndexView {
  name: string
  table: string
  /** What is compared: a column or an expression. */
  expression: string
  /** Rows of the table as the planner knows them. */
  rows: number
  /** "deleted" where Medusa's own index covers the live rows. */
  covers: "all" | "deleted"
  /** Kinds of records that are found this way. */
  kinds: string[]
  statement: string
  status: IndexStatus
  /** Why the last attempt failed. */
  error: string | null
}

/**
 * Every index that is missing, largest table first, with what became of it. Ways that no index helps (tables searched by content) are left out.
 *
 * @param session its transaction gets planner settings of its own; do nothing else in it
 */
export async function readIndexes(session: Session, entries: LiveEntry[]): Promise<IndexView[]> {
  const { rows: builds } = await session.run<{ name: string; status: string; error: string | null }>(
    "SELECT name, status, error FROM privacy_index_build WHERE deleted_at IS NULL"
  )
  const buildOf = new Map(builds.map((build) => [build.name, build]))
  const kindOf = new Map(entries.map(({ name, kind }) => [name, kind]))
  const missing = await findMissingIndexes(session, entries)
  return missing.flatMap(({ name, statement, table, expression, tableRows, rows, entries: found }) => {
    if (!name || !statement) {
      return []
    }
    const build = buildOf.get(name)
    return {
      name,
      table,
      expression,
      rows: tableRows,
      covers: rows === "deleted" ? ("deleted" as const) : ("all" as const),
      kinds: [...new Set(found.flatMap((entry) => kindOf.get(entry) ?? []))],
      statement,
      // An index that was built and removed since is missing like any other.
      status: build?.status === "building" || build?.status === "failed" ? build.status : ("missing" as const),
      error: build?.status === "failed" ? build.error : null,
    }
  })
}
