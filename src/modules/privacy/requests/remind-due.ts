import { queueDeliveries } from "../jobs/outbox"
import type { Session } from "../database/session"
import { IS_SETTLED } from "./extend-request"

/** Longer overdue than this, a request is past reminding; and the search stays small however many requests there ever were. */
const LATEST_DAYS = 31

/**
 * Reminds whoever filed a request that its due date is near, once per due date: the mark and the message commit together.
 *
 * @param days how long before the due date; 0 reminds nobody
 * @returns how many were reminded
 */
export async function remindOfDueDates(session: Session, days: number): Promise<number> {
  if (!days) {
    return 0
  }
  const { rows } = await session.run<{
    id: string
    reference: string
    language: string | null
    due_at: Date
    requested_by: string | null
    requested_by_type: string
  }>(
    `UPDATE privacy_request SET due_reminded_at = now(), updated_at = now()
     WHERE id IN (
       SELECT r.id FROM privacy_request AS r
       WHERE r.due_reminded_at IS NULL AND r.deleted_at IS NULL AND r.due_at <= now() + make_interval(days => $1)
         AND r.due_at > now() - make_interval(days => ${LATEST_DAYS}) AND NOT ${IS_SETTLED}
       FOR UPDATE OF r SKIP LOCKED)
     RETURNING id, reference, language, due_at, requested_by, requested_by_type`,
    [days]
  )
  await queueDeliveries(
    session,
    rows.map(({ id, reference, language, due_at, requested_by, requested_by_type }) => ({
      requestId: id,
      subjectId: "",
      destination: "feed" as const,
      event: "request.due",
      // A system has no bell: then it rings for all.
      payload: { reference, language, due_at, to: requested_by_type === "user" ? requested_by : null },
    }))
  )
  return rows.length
}
