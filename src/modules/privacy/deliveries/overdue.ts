import { recordAudit, SYSTEM } from "../audit/record"
import type { Session } from "../database/session"
import { queueDeliveries } from "../jobs/outbox"

/** Days past its deadline after which a delivery nobody looked after is given up: its identifiers are not kept for ever. */
const GIVE_UP_DAYS = 60

/** Tells the officers, once, of deliveries that were not confirmed in time; gives up those that stayed so for long. */
export async function noteOverdue(session: Session): Promise<void> {
  const { rows: late } = await session.run<{ destination: string }>(
    `UPDATE privacy_delivery SET overdue_notified_at = now() WHERE deadline_at < now() AND status IN ('pending', 'sent', 'failed')
       AND overdue_notified_at IS NULL AND deleted_at IS NULL RETURNING destination`
  )
  const counts = new Map<string, number>()
  late.forEach(({ destination }) => counts.set(destination, (counts.get(destination) ?? 0) + 1))
  await queueDeliveries(
    session,
    [...counts].map(([destination, count]) => ({
      requestId: "", subjectId: "", destination: "feed", event: "notice",
      payload: {
        title: `Not confirmed in time: ${destination}`,
        description: `${count} ${count === 1 ? "delivery has" : "deliveries have"} passed the deadline. Look under Settings → Privacy → Deliveries.`,
      },
    }))
  )
  const { rows: given } = await session.run<{ id: string; destination: string; request_id: string; subject_id: string }>(
    `UPDATE privacy_delivery SET status = 'abandoned', next_attempt_at = NULL, lease = NULL, progress = NULL, identifiers = NULL, updated_at = now()
     WHERE deadline_at < now() - make_interval(days => ${GIVE_UP_DAYS}) AND status IN ('pending', 'sent', 'failed') AND deleted_at IS NULL
     RETURNING id, destination, request_id, subject_id`
  )
  await recordAudit(
    session,
    given.map(({ id, destination, request_id, subject_id }) => ({
      action: "delivery.abandoned", actor: SYSTEM, requestId: request_id, subjectId: subject_id, details: { delivery_id: id, destination },
    }))
  )
}
