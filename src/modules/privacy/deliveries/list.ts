import { MedusaError } from "@medusajs/framework/utils"
import type { Session } from "../database/session"
import type { DeliveryResult } from "../jobs/outbox"
import type { Page } from "../requests/read-requests"
import type { DeliveryStatus } from "../vocabulary"

/** A delivery as the API shows it: never the identifiers a destination was given. */
export interface DeliveryView {
  id: string
  request_id: string
  /** Reference number of the request. */
  reference: string | null
  subject_id: string
  destination: string
  webhook_id: string | null
  /** Where the webhook leads, or led. */
  webhook_url: string | null
  event: string
  status: DeliveryStatus
  attempts: number
  next_attempt_at: Date | null
  error: string | null
  result: DeliveryResult | null
  delivered_at: Date | null
  acknowledged_at: Date | null
  deadline_at: Date | null
  /** Not confirmed within its deadline. */
  overdue: boolean
  created_at: Date
}

/** One try, as the delivery log shows it. */
export interface DeliveryAttemptView {
  id: string
  outcome: "ok" | "error"
  status_code: number | null
  duration_ms: number
  error: string | null
  response: string | null
  created_at: Date
}

export interface DeliveryFilters {
  id?: string
  destination?: string
  webhook_id?: string
  status?: DeliveryStatus
  request_id?: string
  subject_id?: string
  overdue?: boolean
  /** Part of a reference or of a delivery's id. */
  q?: string
}

/** Not confirmed in time. */
const OVERDUE = "d.deadline_at < now() AND d.status IN ('pending', 'sent', 'failed')"

/** Caches, files, notifications of Medusa itself: of interest only where they did not go through, or where they are asked for. */
const INTERNAL = "d.destination IN ('copies', 'files', 'exports', 'feed', 'email', 'archives') AND d.status = 'sent'"

/** While it is being delivered the column holds the end of the lease: what is shown is that it happens now. */
const NEXT = "CASE WHEN d.lease IS NOT NULL AND d.next_attempt_at > now() THEN now() ELSE d.next_attempt_at END"

const COLUMNS = `d.id, d.request_id, r.reference, d.subject_id, d.destination, d.webhook_id, w.url AS webhook_url, d.event, d.status, d.attempts, ${NEXT} AS next_attempt_at, d.error,
  d.result, d.delivered_at, d.acknowledged_at, d.deadline_at, coalesce(${OVERDUE}, FALSE) AS overdue, d.created_at`

/** Deliveries, newest first. */
export async function listDeliveries(
  session: Session,
  filters: DeliveryFilters,
  { limit, offset }: Page
): Promise<{ deliveries: DeliveryView[]; count: number }> {
  const { id, destination, webhook_id, status, request_id, subject_id, overdue, q } = filters
  const values = [id, destination, webhook_id, status, request_id, subject_id, overdue, q].map((value) => value ?? null)
  const from = `privacy_delivery AS d LEFT JOIN privacy_request AS r ON r.id = d.request_id
    LEFT JOIN privacy_webhook AS w ON w.id = d.webhook_id WHERE d.deleted_at IS NULL
    AND ($1::text IS NULL OR d.id = $1) AND ($2::text IS NULL OR d.destination = $2) AND ($3::text IS NULL OR d.webhook_id = $3)
    AND ($4::text IS NULL OR d.status = $4) AND ($5::text IS NULL OR d.request_id = $5) AND ($6::text IS NULL OR d.subject_id = $6)
    AND ($7::boolean IS NULL OR coalesce(${OVERDUE}, FALSE) = $7)
    AND ($8::text IS NULL OR strpos(lower(r.reference), lower($8)) > 0 OR strpos(lower(d.id), lower($8)) > 0)
    AND ($1::text IS NOT NULL OR $2::text IS NOT NULL OR NOT (${INTERNAL}))`
  const { rows: deliveries } = await session.run<DeliveryView>(
    `SELECT ${COLUMNS} FROM ${from} ORDER BY d.created_at DESC, d.id DESC LIMIT $9 OFFSET $10`,
    [...values, limit, offset]
  )
  const { rows } = await session.run<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`, values)
  return { deliveries, count: rows[0].count }
}

/**
 * One delivery with its log, the latest try first.
 *
 * @throws MedusaError NOT_FOUND
 */
export async function readDelivery(session: Session, id: string): Promise<DeliveryView & { log: DeliveryAttemptView[] }> {
  const { deliveries } = await listDeliveries(session, { id }, { limit: 1, offset: 0 })
  if (!deliveries.length) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Privacy delivery with id: ${id} was not found`)
  }
  const { rows: log } = await session.run<DeliveryAttemptView>(
    `SELECT id, outcome, status_code, duration_ms, error, response, created_at FROM privacy_delivery_attempt
     WHERE delivery_id = $1 AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 100`,
    [id]
  )
  return { ...deliveries[0], log }
}
