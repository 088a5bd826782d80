import { LOCK, takeLock } from "../database/locks"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"

/** Something to tell after the commit. */
export interface NewDelivery {
  requestId: string
  subjectId: string
  /** "event_bus", "workflow", "copies", "files", "exports", "feed", "webhook", or the id of a destination in the options. */
  destination: string
  event: string
  payload: Record<string, unknown>
  webhookId?: string
  /** By what the destination knows the subject, sealed. */
  identifiers?: string
  /** Days until it must be confirmed. */
  deadlineDays?: number
}

/** A delivery as claimed by a dispatcher. `id` is the idempotency key: the same at every attempt. */
export interface Delivery {
  id: string
  /** A worker had it before and neither brought it to an end nor said why. */
  lost: boolean
  subject_id: string
  destination: string
  lane: string
  webhook_id: string | null
  event: string
  payload: Record<string, unknown>
  identifiers: string | null
  status: "pending" | "sent"
  attempts: number
  progress: Progress | null
  result: DeliveryResult | null
  created_at: Date
  overdue: boolean
  /** The database's clock, in Unix seconds. */
  now: number
}

/** Where a destination that takes several calls has got to. */
export interface Progress {
  phase: "cancel" | "erase"
  cursor: string | null
  pages: number
}

/** What a destination did, added up over its pages. */
export interface DeliveryResult {
  removed: { what: string; count: number }[]
  retained: { what: string; why: string }[]
  messages: string[]
}

/** What one look at a delivery came to. */
export interface Step {
  delivery: Delivery
  /** What it is now. */
  status: "pending" | "sent" | "acknowledged" | "failed"
  /** Seconds until the next look; null when it has ended. */
  next: number | null
  /** True for a try that failed or came to an end: it counts. */
  counts: boolean
  error?: string
  progress?: Progress | null
  result?: DeliveryResult | null
  /** Seconds for which the whole lane rests: the destination asked for it. */
  rest?: number
  /** What is entered in the delivery log. */
  attempt?: { status_code: number | null; duration_ms: number; response: string | null }
  /** What else becomes true with it, in the same transaction. */
  also?: (session: Session) => Promise<void>
}

/** Writes deliveries inside the caller's transaction: what rolls back is never told. One statement, however many. */
export async function queueDeliveries(session: Session, deliveries: NewDelivery[]): Promise<void> {
  if (!deliveries.length) {
    return
  }
  // As one document: to escape every payload into an array takes longer than all the rest.
  await session.run(
    `INSERT INTO privacy_delivery
       (id, request_id, subject_id, destination, lane, webhook_id, event, payload, identifiers, next_attempt_at, deadline_at)
     SELECT id, "requestId", "subjectId", destination, coalesce("webhookId", destination), "webhookId", event, payload, identifiers, now(),
       now() + make_interval(days => "deadlineDays")
     FROM json_to_recordset($1::json) AS d (id text, "requestId" text, "subjectId" text, destination text, "webhookId" text, event text,
       payload jsonb, identifiers text, "deadlineDays" int)`,
    [JSON.stringify(deliveries.map((delivery) => ({ id: newId("prvdel"), ...delivery })))]
  )
}

const WAITS = "next_attempt_at IS NOT NULL AND deleted_at IS NULL"

/** A lane with work, and when its next delivery is due, in seconds from now. */
export interface WaitingLane {
  lane: string
  due_in: number
}

/** The lanes that have something to deliver. Jumps from lane to lane through the index: it does not read the deliveries. */
export async function waitingLanes(session: Session): Promise<WaitingLane[]> {
  const first = (after: string) =>
    `(SELECT lane, next_attempt_at FROM privacy_delivery WHERE ${WAITS}${after} ORDER BY lane, next_attempt_at LIMIT 1)`
  const { rows } = await session.run<WaitingLane>(
    `WITH RECURSIVE lanes AS (
       ${first("")}
       UNION ALL
       SELECT next.lane, next.next_attempt_at FROM lanes CROSS JOIN LATERAL ${first(" AND lane > lanes.lane")} AS next
     )
     SELECT lane, extract(epoch FROM next_attempt_at - now())::float8 AS due_in FROM lanes`
  )
  return rows
}

/**
 * Takes due deliveries of a lane: until `lease` seconds are over nobody else does. There is no lock while the destination is called; a
 * process that dies leaves its deliveries to be due again.
 */
export async function claimDeliveries(
  session: Session,
  lane: string,
  token: string,
  { limit, lease, which = "any" }: { limit: number; lease: number; which?: "any" | "new" | "handed_over" }
): Promise<Delivery[]> {
  const only = { any: "", new: " AND delivered_at IS NULL", handed_over: " AND delivered_at IS NOT NULL" }[which]
  const { rows } = await session.run<Delivery>(
    `WITH due AS (
       SELECT id, lease IS NOT NULL AS lost FROM privacy_delivery WHERE lane = $1 AND ${WAITS} AND next_attempt_at <= now()${only}
       ORDER BY next_attempt_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
     UPDATE privacy_delivery AS d SET lease = $3, next_attempt_at = now() + make_interval(secs => $4),
       -- Still leased: the worker that had it died over it. That counts, so that a delivery that kills does not do so for ever unseen.
       attempts = d.attempts + due.lost::int
     FROM due WHERE d.id = due.id
     RETURNING d.id, due.lost, d.subject_id, d.destination, d.lane, d.webhook_id, d.event, d.payload, d.identifiers, d.status, d.attempts, d.progress,
       d.result, d.created_at, coalesce(d.deadline_at < now(), FALSE) AS overdue, extract(epoch FROM now())::float8 AS now`,
    [lane, limit, token, lease]
  )
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Keeps deliveries whose call is still under way from everybody else for another `lease` seconds. */
export async function renewLease(session: Session, token: string, deliveries: Delivery[], lease: number): Promise<void> {
  await session.run(
    `UPDATE privacy_delivery SET next_attempt_at = now() + make_interval(secs => $3)
     WHERE id = ANY($1::text[])
       AND lease = $2`,
    [deliveries.map(({ id }) => id), token, lease]
  )
}

/**
 * Subjects a destination was given in the last days, and how long until there is room again. Called under the lane's lock, so that two
 * processes do not both take what is left.
 */
export async function usedQuota(session: Session, lane: string, days: number): Promise<{ used: number; room_in: number }> {
  await takeLock(session, LOCK.lane(lane))
  const { rows } = await session.run<{ used: number; room_in: number | null }>(
    `SELECT count(*)::int AS used, extract(epoch FROM min(delivered_at) + make_interval(days => $2) - now())::float8 AS room_in FROM (
       SELECT delivered_at FROM privacy_delivery WHERE lane = $1 AND deadline_at IS NOT NULL AND delivered_at > now() - make_interval(days => $2)
         AND deleted_at IS NULL
       UNION ALL
       SELECT NULL FROM privacy_delivery WHERE lane = $1 AND ${WAITS} AND lease IS NOT NULL AND delivered_at IS NULL AND next_attempt_at > now()
     ) AS taken`,
    [lane, days]
  )
  return { used: rows[0].used, room_in: Math.max(60, rows[0].room_in ?? 60) }
}

/** Lets what waits in a lane wait on: the destination has no room, or asked for a rest. */
export async function restLane(session: Session, lane: string, seconds: number, onlyNew = false): Promise<void> {
  await session.run(
    `UPDATE privacy_delivery SET next_attempt_at = now() + make_interval(secs => $2), updated_at = now()
     WHERE lane = $1 AND ${WAITS} AND next_attempt_at < now() + make_interval(secs => $2)
       AND (lease IS NULL OR next_attempt_at <= now())${onlyNew ? " AND delivered_at IS NULL" : ""}`,
    [lane, seconds]
  )
}

/** Ended: nothing is kept that a destination needed. File names may carry names, a cursor may carry an identifier. */
const ENDED = "s.next_in IS NULL AND s.status IN ('sent', 'acknowledged')"

/**
 * Writes down what came of deliveries. One that another worker has taken over meanwhile is left to it, unless it has reached its end here: that
 * counts however late it comes, as long as nobody else ended it.
 */
export async function recordSteps(session: Session, token: string, steps: Step[]): Promise<void> {
  if (!steps.length) {
    return
  }
  const json = (value: unknown) => (value ? JSON.stringify(value) : null)
  const { rows } = await session.run<{ id: string }>(
    `UPDATE privacy_delivery AS d SET status = s.status, lease = NULL, attempts = d.attempts + s.counts::int, error = s.error, updated_at = now(),
       next_attempt_at = now() + make_interval(secs => s.next_in), result = s.result::jsonb,
       progress = CASE WHEN NOT (${ENDED}) THEN s.progress::jsonb END,
       identifiers = CASE WHEN NOT (${ENDED}) THEN d.identifiers END,
       payload = CASE WHEN ${ENDED} AND d.destination = 'files' THEN '{}'::jsonb ELSE d.payload END,
       delivered_at = CASE WHEN s.status IN ('sent', 'acknowledged') THEN coalesce(d.delivered_at, now()) ELSE d.delivered_at END,
       acknowledged_at = CASE WHEN s.status = 'acknowledged' THEN now() END
     FROM unnest($2::text[], $3::text[], $4::float8[], $5::boolean[], $6::text[], $7::text[], $8::text[])
       AS s (id, status, next_in, counts, error, progress, result)
     WHERE d.id = s.id AND (d.lease = $1 OR (d.next_attempt_at IS NOT NULL AND ${ENDED}))
     RETURNING d.id`,
    [
      token,
      steps.map(({ delivery }) => delivery.id),
      steps.map(({ status }) => status),
      steps.map(({ next }) => next),
      steps.map(({ counts }) => counts),
      steps.map(({ error }) => error ?? null),
      steps.map(({ progress }) => json(progress)),
      steps.map(({ result }) => json(result)),
    ]
  )
  const written = new Set(rows.map(({ id }) => id))
  await recordAttempts(session, steps)
  for (const { delivery, also } of steps) {
    if (also && written.has(delivery.id)) {
      await also(session)
    }
  }
  const rest = Math.max(0, ...steps.map((step) => step.rest ?? 0))
  if (rest > 0) {
    await restLane(session, steps[0].delivery.lane, rest)
  }
}

async function recordAttempts(session: Session, steps: Step[]): Promise<void> {
  const tried = steps.flatMap(({ delivery, attempt, error }) => (attempt ? [{ id: delivery.id, error, ...attempt }] : []))
  if (!tried.length) {
    return
  }
  await session.run(
    `INSERT INTO privacy_delivery_attempt (id, delivery_id, outcome, status_code, duration_ms, error, response, created_at)
     SELECT id, delivery_id, CASE WHEN error IS NULL THEN 'ok' ELSE 'error' END, status_code, duration_ms, error, response, clock_timestamp()
     FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::text[], $6::text[]) AS a (id, delivery_id, status_code, duration_ms, error, response)`,
    [
      tried.map(() => newId("prvatt")),
      tried.map(({ id }) => id),
      tried.map(({ status_code }) => status_code),
      tried.map(({ duration_ms }) => Math.round(duration_ms)),
      tried.map(({ error }) => error ?? null),
      tried.map(({ response }) => response),
    ]
  )
}
