import type { Session } from "../database/session"
import type { Page } from "../requests/read-requests"

/** An audit entry as the API shows it. */
export interface AuditEntryView {
  id: string
  position: number | null
  action: string
  actor_id: string | null
  actor_type: string
  request_id: string | null
  subject_id: string | null
  customer_id: string | null
  details: Record<string, unknown> | null
  hash: string | null
  created_at: Date
}

/** Newest first; entries not linked into the chain yet stand at the top. */
export async function listAudit(session: Session, { limit, offset }: Page): Promise<{ entries: AuditEntryView[]; count: number }> {
  const { rows: entries } = await session.run<AuditEntryView>(
    `SELECT id, position, action, actor_id, actor_type, request_id, subject_id, customer_id, details, hash, created_at
     FROM privacy_audit_entry ORDER BY position DESC NULLS FIRST, created_at DESC LIMIT $1 OFFSET $2`,
    [limit, offset]
  )
  const { rows } = await session.run<{ count: number }>("SELECT count(*)::int AS count FROM privacy_audit_entry")
  return { entries, count: rows[0].count }
}
