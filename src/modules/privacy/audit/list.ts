import { readKeyPage, type KeyPage, type KeyPaged } from "../database/key-page"
import type { Session } from "../database/session"

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

/** Newest first, by the key: an entry keeps its place in the list when it is linked into the chain. */
export async function listAudit(session: Session, page: KeyPage): Promise<KeyPaged<AuditEntryView>> {
  const { rows: ids, ...paged } = await readKeyPage(session, { from: "privacy_audit_entry AS a", where: "a.deleted_at IS NULL", values: [], id: "a.id" }, page)
  const { rows } = await session.run<AuditEntryView>(
    `SELECT id, position, action, actor_id, actor_type, request_id, subject_id, customer_id, details, hash, created_at
     FROM privacy_audit_entry
     WHERE id = ANY($1::text[])
     ORDER BY id DESC`,
    [ids]
  )
  return { rows, ...paged }
}
