import { recordAudit, SYSTEM } from "../audit/record"
import type { Session } from "../database/session"
import { queueDeliveries } from "../jobs/outbox"

/** What stopped a request: the file storage, a destination, or the data map and its coverage. */
export type StopReason = "storage" | "destination" | "refused"

/** The request cannot go on: it says why, tells the officer who filed it, and waits until it is resumed. */
export async function stopRequest(session: Session, id: string, message: string, reason: StopReason): Promise<void> {
  const { rows } = await session.run<{ reference: string; language: string | null; type: string }>(
    `UPDATE privacy_request SET status = 'stopped', error = $2, updated_at = now()
     WHERE id = $1
       AND status IN ('pending', 'in_progress')
     RETURNING reference, language, type`,
    [id, message]
  )
  for (const request of rows) {
    await recordAudit(session, [{ action: "request.stopped", actor: SYSTEM, requestId: id, details: { reason } }])
    await queueDeliveries(session, [
      { requestId: id, subjectId: "", destination: "feed", event: "request.stopped", payload: { ...request, message, reason } },
    ])
  }
}
