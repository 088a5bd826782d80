import type { Session } from "../database/session"
import { SCOPE, type LiveEntry } from "../data-map/live-map"

/** Which subjects of a chunk have a row in common, and which of them keeps it. */
export const OVERLAPS_TABLE = `CREATE TEMP TABLE ${SCOPE.overlaps} (subject int NOT NULL, keeper int NOT NULL) ON COMMIT DROP`

/** True for entries in which two subjects may meet: an account and a guest record under its address. In all others they meet because they met there. */
export const meetsOthers = ({ rows, shared }: Pick<LiveEntry, "rows" | "shared">) => !shared && rows.some((row) => "identifier" in row || "mentions" in row)

/** Leaves a row that is two subjects' to one of them, and notes that they met: what holds one of them holds the other. */
export const keepOnce = ({ name }: Pick<LiveEntry, "name">) =>
  `WITH met AS (SELECT key, min(subject) AS subject FROM ${SCOPE.rows} WHERE entry = '${name}' GROUP BY key HAVING count(*) > 1),
   gone AS (DELETE FROM ${SCOPE.rows} AS r USING met WHERE r.entry = '${name}' AND r.key = met.key AND r.subject <> met.subject
     RETURNING r.subject, met.subject AS keeper)
   INSERT INTO ${SCOPE.overlaps} (subject, keeper) SELECT DISTINCT subject, keeper FROM gone`

/** Subjects that have a row in common with one of these, directly or through others, each with the one it hangs on. */
export async function whoMeets(session: Session, subjects: number[]): Promise<{ subject: number; through: number }[]> {
  const { rows } = await session.run<{ subject: number; keeper: number }>(`SELECT subject, keeper FROM ${SCOPE.overlaps}`)
  const others = new Map<number, number[]>()
  const meet = (one: number, other: number) => others.set(one, [...(others.get(one) ?? []), other])
  rows.forEach(({ subject, keeper }) => (meet(subject, keeper), meet(keeper, subject)))
  const known = new Set(subjects)
  const found: { subject: number; through: number }[] = []
  const queue = subjects.map((subject) => ({ subject, from: subject }))
  for (const { subject, from } of queue) {
    for (const other of others.get(subject) ?? []) {
      if (!known.has(other)) {
        known.add(other)
        found.push({ subject: other, through: from })
        queue.push({ subject: other, from })
      }
    }
  }
  return found
}
