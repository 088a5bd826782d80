import { MedusaError } from "@medusajs/framework/utils"
import { readKeyPage, type KeyPage, type KeyPaged } from "../database/key-page"
import type { Session } from "../database/session"
import { literal } from "../database/sql"
import type { DeliveryResult } from "../jobs/outbox"
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

/** The filters that are given, as one condition. What is asked for stands in it literally where an index of some states only can serve it. */
function conditionOf({ id, destination, webhook_id, status, request_id, subject_id, overdue, q }: DeliveryFilters): { where: string; values: unknown[] } {
  const values: unknown[] = []
  const conditions = ["d.deleted_at IS NULL"]
  const add = (value: unknown, condition: (parameter: string) => string) => {
    if (value !== undefined) {
      values.push(value)
      conditions.push(condition(`$${values.length}`))
    }
  }
  add(id, (given) => `d.id = ${given}`)
  add(destination, (given) => `d.destination = ${given}`)
  add(webhook_id, (given) => `d.webhook_id = ${given}`)
  add(request_id, (given) => `d.request_id = ${given}`)
  add(subject_id, (given) => `d.subject_id = ${given}`)
  add(
    q?.toLowerCase(),
    (given) => `(strpos(lower(d.id), ${given}) > 0 OR d.request_id IN (SELECT r.id FROM privacy_request AS r WHERE strpos(lower(r.reference), ${given}) > 0))`
  )
  if (status) {
    conditions.push(`d.status = ${literal(status)}`)
  }
  if (overdue !== undefined) {
    conditions.push(overdue ? OVERDUE : `NOT coalesce(${OVERDUE}, FALSE)`)
  }
  if (id === undefined && destination === undefined) {
    conditions.push(`NOT (${INTERNAL})`)
  }
  return { where: conditions.join(" AND "), values }
}

/** Deliveries, newest first. */
export async function listDeliveries(session: Session, filters: DeliveryFilters, page: KeyPage): Promise<KeyPaged<DeliveryView>> {
  const { rows: ids, ...paged } = await readKeyPage(session, { from: "privacy_delivery AS d", ...conditionOf(filters), id: "d.id" }, page)
  return { rows: await readByIds(session, ids), ...paged }
}

async function readByIds(session: Session, ids: string[]): Promise<DeliveryView[]> {
  const { rows } = await session.run<DeliveryView>(
    `SELECT ${COLUMNS}
     FROM privacy_delivery AS d
     LEFT JOIN privacy_request AS r ON r.id = d.request_id
     LEFT JOIN privacy_webhook AS w ON w.id = d.webhook_id
     WHERE d.id = ANY($1::text[]) AND d.deleted_at IS NULL
     ORDER BY d.id DESC`,
    [ids]
  )
  return rows
}

/**
 * One delivery with its log, the latest try first.
 *
 * @throws MedusaError NOT_FOUND
 */
export async function readDelivery(session: Session, id: string): Promise<DeliveryView & { log: DeliveryAttemptView[] }> {
  const deliveries = await readByIds(session, [id])
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
