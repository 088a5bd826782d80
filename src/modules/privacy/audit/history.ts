import type { Session } from "../database/session"

/** One thing that was done, as pages show it in a history. */
export interface HistoryEntry {
  id: string
  action: string
  at: Date
  /** E-mail address of the admin who did it, else the id; null for the plugin itself. */
  actor: string | null
  message: string
  request_id: string | null
}

const ENTRY = "a.id, a.action, a.created_at AS at, coalesce(u.email, a.actor_id) AS actor, a.action AS message, a.request_id"

const WHO = `LEFT JOIN "user" AS u ON u.id = a.actor_id`

/**
 * What was done about a customer, newest first: the last fifty entries. An archive of many is written down once and found here by the
 * customers in it.
 */
export async function readCustomerHistory(session: Session, customerId: string): Promise<HistoryEntry[]> {
  const { rows } = await session.run<HistoryEntry>(
    `SELECT ${ENTRY} FROM (
       SELECT e.* FROM privacy_audit_entry AS e WHERE e.customer_id = $1 AND e.deleted_at IS NULL
       UNION ALL
       SELECT e.* FROM privacy_audit_entry AS e JOIN (SELECT DISTINCT s.request_id, s.file_id FROM privacy_subject AS s
         WHERE s.customer_id = $1 AND s.deleted_at IS NULL) AS s ON s.request_id = e.request_id
       WHERE e.customer_id IS NULL AND e.deleted_at IS NULL AND e.action LIKE 'extract.%'
         AND (e.action = 'extract.requested' OR e.details ->> 'file_id' = s.file_id)
     ) AS a ${WHO} ORDER BY a.created_at DESC, a.id DESC LIMIT 50`,
    [customerId]
  )
  return rows
}

/** Entries of a request on the customer page that carry the customer, and are about the request all the same. */
const ABOUT_THE_REQUEST = [
  "erasure.requested", "hold.overridden", "extract.requested", "extract.completed", "extract.downloaded", "extract.expired", "extract.destroyed",
]

/** At most so many entries: who stops and resumes a request that often reads the audit log itself. */
const LONGEST = 200

/**
 * The life of a request, newest first: who filed, approved, stopped, resumed, retried, extended or canceled it, and when it was released,
 * started and finished. What became of each single subject stands with the subject.
 */
export async function readRequestHistory(session: Session, requestId: string): Promise<HistoryEntry[]> {
  const { rows } = await session.run<HistoryEntry>(
    `SELECT ${ENTRY} FROM privacy_audit_entry AS a ${WHO} WHERE a.request_id = $1 AND a.deleted_at IS NULL AND (a.action LIKE 'request.%' OR a.action = ANY($2::text[]))
     ORDER BY a.created_at DESC, a.id DESC LIMIT ${LONGEST}`,
    [requestId, ABOUT_THE_REQUEST]
  )
  return rows
}
