import type { Session } from "../database/session"
import { queueDeliveries, type NewDelivery } from "../jobs/outbox"
import type { WebhookEvent } from "./events"

/** Something that happened, for the webhooks that listen to its type. Ids, hashes and counts only. */
export interface Announcement {
  type: WebhookEvent
  requestId: string
  subjectId?: string
  data: Record<string, unknown>
}

/** One delivery per announcement and endpoint that listens. */
export async function webhookDeliveries(session: Session, announcements: Announcement[]): Promise<NewDelivery[]> {
  if (!announcements.length) {
    return []
  }
  const { rows: endpoints } = await session.run<{ id: string; event_types: string[] }>(
    "SELECT id, event_types FROM privacy_webhook WHERE enabled AND deleted_at IS NULL AND event_types && $1::text[]",
    [[...new Set(announcements.map(({ type }) => type))]]
  )
  return announcements.flatMap(({ type, requestId, subjectId = "", data }) =>
    endpoints
      .filter(({ event_types }) => event_types.includes(type))
      .map(({ id }) => ({ requestId, subjectId, destination: "webhook", webhookId: id, event: type, payload: data }))
  )
}

/**
 * Tells the webhooks, inside the caller's transaction: what rolls back is never told.
 *
 * @example
 * await announce(session, [{ type: "extract.ready", requestId, data: { request_id: requestId, reference, files: 3 } }])
 */
export async function announce(session: Session, announcements: Announcement[]): Promise<void> {
  await queueDeliveries(session, await webhookDeliveries(session, announcements))
}
