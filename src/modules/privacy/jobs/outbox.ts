import { generateEntityId } from "@medusajs/framework/utils"
import type { Session } from "../database/session"

/** Where something is told. */
export type Destination = "event_bus" | "copies" | "files" | "exports" | "feed" | "email" | "archives"

/** Something to tell after the commit. */
export interface NewDelivery {
  requestId: string
  subjectId: string
  destination: Destination
  event: string
  payload: Record<string, unknown>
}

/** A delivery as claimed by a dispatcher. `id` is the idempotency key: the same at every attempt. */
export interface Delivery {
  id: string
  subject_id: string
  destination: Destination
  event: string
  payload: Record<string, unknown>
  attempts: number
  created_at: Date
}

/** Tries before a delivery is given up and shown as failed. */
const MAXIMUM_ATTEMPTS = 10

/** Wait before the next try, doubling from one second, at most an hour. */
const NEXT_TRY = "make_interval(secs => least(3600, power(2, attempts)))"

/** Writes deliveries inside the caller's transaction: what rolls back is never told. */
export async function queueDeliveries(session: Session, deliveries: NewDelivery[]): Promise<void> {
  if (!deliveries.length) {
    return
  }
  await session.run(
    `INSERT INTO privacy_delivery (id, request_id, subject_id, destination, event, payload, next_attempt_at)
     SELECT id, request_id, subject_id, destination, event, payload::jsonb, now()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS d (id, request_id, subject_id, destination, event, payload)`,
    [
      deliveries.map(() => generateEntityId(undefined, "prvdel")),
      deliveries.map(({ requestId }) => requestId),
      deliveries.map(({ subjectId }) => subjectId),
      deliveries.map(({ destination }) => destination),
      deliveries.map(({ event }) => event),
      deliveries.map(({ payload }) => JSON.stringify(payload)),
    ]
  )
}

/** Takes due deliveries; other dispatchers pass them over until this transaction ends. */
export async function claimDeliveries(session: Session, limit: number): Promise<Delivery[]> {
  const { rows } = await session.run<Delivery>(
    `SELECT id, subject_id, destination, event, payload, attempts, created_at FROM privacy_delivery
     WHERE status = 'pending' AND deleted_at IS NULL AND next_attempt_at <= now() ORDER BY next_attempt_at, id LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [limit]
  )
  return rows
}

/** File names may carry names: what a destination needed is gone once it has it. */
export async function markSent(session: Session, deliveries: Delivery[]): Promise<void> {
  await session.run(
    `UPDATE privacy_delivery SET status = 'sent', attempts = attempts + 1, delivered_at = now(), updated_at = now(), error = NULL,
       payload = CASE WHEN destination = 'files' THEN '{}'::jsonb ELSE payload END
     WHERE id = ANY($1::text[])`,
    [deliveries.map(({ id }) => id)]
  )
}

export async function markTried(session: Session, delivery: Delivery, error: string): Promise<void> {
  await session.run(
    `UPDATE privacy_delivery SET attempts = attempts + 1, error = $2, updated_at = now(), next_attempt_at = now() + ${NEXT_TRY},
       status = CASE WHEN attempts + 1 >= ${MAXIMUM_ATTEMPTS} THEN 'failed' ELSE 'pending' END
     WHERE id = $1`,
    [delivery.id, error]
  )
}
