import { newId } from "../database/new-id"
import type { Session } from "../database/session"

/** Who did it. */
export interface Actor {
  id: string | null
  type: "user" | "api-key" | "system"
}

export const SYSTEM: Actor = { id: null, type: "system" }

/** Something to write down. `details` carries ids, codes and counts, never personal data. */
export interface AuditEvent {
  action: string
  actor: Actor
  requestId?: string | null
  subjectId?: string | null
  customerId?: string | null
  details?: Record<string, unknown>
}

/** Writes audit entries inside the caller's transaction; the sealer links them into the chain afterwards. */
export async function recordAudit(session: Session, events: AuditEvent[]): Promise<void> {
  if (!events.length) {
    return
  }
  const column = <T>(pick: (event: AuditEvent) => T) => events.map(pick)
  await session.run(
    `INSERT INTO privacy_audit_entry (id, action, actor_id, actor_type, request_id, subject_id, customer_id, details, created_at)
     SELECT id, action, actor_id, actor_type, request_id, subject_id, customer_id, details::jsonb, clock_timestamp()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       AS e (id, action, actor_id, actor_type, request_id, subject_id, customer_id, details)`,
    [
      column(() => newId("prvaud")),
      column(({ action }) => action),
      column(({ actor }) => actor.id),
      column(({ actor }) => actor.type),
      column(({ requestId }) => requestId ?? null),
      column(({ subjectId }) => subjectId ?? null),
      column(({ customerId }) => customerId ?? null),
      column(({ details }) => (details ? JSON.stringify(details) : null)),
    ]
  )
}
