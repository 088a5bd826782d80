import { MedusaError } from "@medusajs/framework/utils"
import type { Session } from "../database/session"
import { SHOP_IN_USE } from "../jobs/shop-first"

/** Subjects of a request per state. */
interface RequestTotals {
  subjects: number
  pending: number
  complete: number
  held: number
  not_found: number
  failed: number
  canceled: number
}

/** A privacy request as the API shows it. */
export interface PrivacyRequestView {
  id: string
  reference: string
  type: "erasure" | "access"
  method: "anonymize" | "delete" | null
  profile_id: string | null
  profile_version: number | null
  status: string
  origin: string
  requested_by: string | null
  requested_by_type: string
  reason: string | null
  overrides: string[]
  /** Subjects who still have store credit or gift cards are held until these are settled. */
  hold_value: boolean
  totals: RequestTotals
  created_at: Date
  started_at: Date | null
  completed_at: Date | null
  due_at: Date
  /** When the due date was put off, and why. */
  extended_at: Date | null
  extension_reason: string | null
  scheduled_for: Date | null
  approved_by: string | null
  /** E-mail address of the admin who asked. */
  requester: string | null
  /** Format of an extract. */
  format: "json" | "csv" | null
  /** Archives that can be downloaded. */
  files: number
  /** When the first of them is destroyed. */
  files_expire_at: Date | null
  /** Why the request stopped by itself. */
  error: string | null
  /** Seconds until the end at the present pace; null while nothing can be said. */
  estimate_seconds: number | null
  /** True while it goes slowly because shoppers are about. */
  yields_to_shop: boolean
}

/** A subject of a request as the API shows it. */
export interface PrivacySubjectView {
  id: string
  request_id: string
  customer_id: string | null
  identifier_type: string
  identifier_redacted: string
  identifier_hash: string
  status: string
  holds: unknown
  footprint: unknown
  value: unknown
  error: string | null
  processed_at: Date | null
  created_at: Date
}

/** What a list of requests can be narrowed to. */
export interface RequestFilters {
  id?: string
  customer_id?: string
  type?: string
  status?: string
  /** Part of a reference. */
  q?: string
  requested_by?: string
  created_at?: { $gte?: string; $lte?: string }
}

/** What a list of requests can be sorted by. */
export const REQUEST_ORDERS = ["created_at", "-created_at", "due_at", "-due_at"] as const

export type RequestOrder = (typeof REQUEST_ORDERS)[number]

export interface Page {
  limit: number
  offset: number
}

/** What is in an archive that is still being written counts as done: it is what moves. */
const STATE = "CASE WHEN s.status = 'pending' AND s.file_id IS NOT NULL THEN 'complete' ELSE s.status END"

const TOTALS = `json_build_object(
  'subjects', count(s.id)::int,
  ${["pending", "complete", "held", "not_found", "failed", "canceled"]
    .map((status) => `'${status}', (count(s.id) FILTER (WHERE ${STATE} = '${status}'))::int`)
    .join(", ")})`

const READY = "FROM privacy_file AS f WHERE f.request_id = r.id AND f.status = 'ready' AND f.expires_at > now() AND f.deleted_at IS NULL"

/** Requests, newest first. */
export async function listRequests(
  session: Session,
  { id, customer_id, type, status, q, requested_by, created_at }: RequestFilters,
  { limit, offset }: Page,
  order: RequestOrder = "-created_at"
): Promise<{ requests: PrivacyRequestView[]; count: number }> {
  const values = [id, customer_id, type, status, q, requested_by, created_at?.$gte, created_at?.$lte].map((value) => value ?? null)
  const where = `($1::text IS NULL OR r.id = $1) AND ($3::text IS NULL OR r.type = $3) AND ($4::text IS NULL OR r.status = $4)
    AND ($5::text IS NULL OR strpos(lower(r.reference), lower($5)) > 0) AND ($6::text IS NULL OR r.requested_by = $6)
    AND ($7::timestamptz IS NULL OR r.created_at >= $7) AND ($8::timestamptz IS NULL OR r.created_at <= $8)
    AND ($2::text IS NULL OR r.id IN (SELECT request_id FROM privacy_subject WHERE customer_id = $2 AND deleted_at IS NULL))`
  const { rows: requests } = await session.run<PrivacyRequestView>(
    `SELECT r.id, r.reference, r.type, r.method, r.profile_id, r.profile_version, r.status, r.origin, r.requested_by, r.requested_by_type,
       r.reason, coalesce(r.overrides, '{}') AS overrides, r.hold_value, r.created_at, r.started_at, r.completed_at, r.due_at, r.extended_at, r.extension_reason,
       r.scheduled_for, r.approved_by, r.format, r.error, (SELECT count(*)::int ${READY}) AS files, (SELECT min(f.expires_at) ${READY}) AS files_expire_at,
       (SELECT u.email FROM "user" AS u WHERE u.id = r.requested_by) AS requester,
       CASE WHEN r.status = 'in_progress' THEN (
         SELECT round(extract(epoch FROM now() - r.started_at) * count(*) FILTER (WHERE e.status = 'pending' AND e.file_id IS NULL)
           / nullif(count(*) FILTER (WHERE e.processed_at >= r.started_at), 0))::int
         FROM privacy_subject AS e WHERE e.request_id = r.id AND e.deleted_at IS NULL) END AS estimate_seconds,
       r.status = 'in_progress' AND r.type = 'erasure' AND r.origin = 'bulk' AND ${SHOP_IN_USE} AS yields_to_shop,
       (SELECT ${TOTALS} FROM privacy_subject AS s WHERE s.request_id = r.id AND s.deleted_at IS NULL) AS totals
     FROM privacy_request AS r WHERE ${where} ORDER BY r.${order.replace("-", "")} ${order.startsWith("-") ? "DESC" : "ASC"}, r.id DESC LIMIT $9 OFFSET $10`,
    [...values, limit, offset]
  )
  const { rows } = await session.run<{ count: number }>(`SELECT count(*)::int AS count FROM privacy_request AS r WHERE ${where}`, values)
  return { requests, count: rows[0].count }
}

/** @throws MedusaError NOT_FOUND */
export async function readRequest(session: Session, id: string): Promise<PrivacyRequestView> {
  const { requests } = await listRequests(session, { id }, { limit: 1, offset: 0 })
  if (!requests.length) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Privacy request with id: ${id} was not found`)
  }
  return requests[0]
}

/** What a list of subjects can be narrowed to. */
export interface SubjectFilters {
  status?: string
  /** A hold's code, or "failure": whatever ended with an error. */
  reason?: string
}

/** The reason that is not a hold. */
export const FAILURE = "failure"

/** Subjects of one request in the order they are worked off; never a plain identifier. */
export async function listSubjects(
  session: Session,
  requestId: string,
  { status, reason }: SubjectFilters,
  { limit, offset }: Page
): Promise<{ subjects: PrivacySubjectView[]; count: number }> {
  const values = [requestId, status ?? null, reason ?? null]
  // What holds a subject, not what was only warned about or forced.
  const where = `request_id = $1 AND deleted_at IS NULL AND ($2::text IS NULL OR status = $2)
    AND ($3::text IS NULL OR CASE WHEN $3 = '${FAILURE}' THEN error IS NOT NULL
      ELSE status = 'held' AND holds @> jsonb_build_array(jsonb_build_object('code', $3::text, 'severity', 'block', 'overridden', false)) END)`
  const { rows: subjects } = await session.run<PrivacySubjectView>(
    `SELECT id, request_id, customer_id, identifier_type, identifier_redacted, identifier_hash, status, holds, footprint, value, error,
       processed_at, created_at
     FROM privacy_subject WHERE ${where} ORDER BY id LIMIT $4 OFFSET $5`,
    [...values, limit, offset]
  )
  const { rows } = await session.run<{ count: number }>(`SELECT count(*)::int AS count FROM privacy_subject WHERE ${where}`, values)
  return { subjects, count: rows[0].count }
}
