import { recordAudit, SYSTEM, type Actor, type AuditEvent } from "../audit/record"
import type { Session } from "../database/session"
import type { ExtractFormat } from "../extraction/customer-files"
import { safeMessage } from "../jobs/errors"

/** What an extract needs to know of its request. */
export interface ExtractRequest {
  id: string
  reference: string
  format: ExtractFormat
  language: string
  /** One customer on its page: the file is called by the name alone. */
  single: boolean
  actor: Actor
}

/** A subject row as claimed. */
export interface Claimed {
  id: string
  customer_id: string
}

/** Subjects of the request that are in no archive yet, while it is to be worked on. */
const WAITING = `FROM privacy_subject AS s JOIN privacy_request AS r ON r.id = s.request_id AND r.status = 'in_progress'
  WHERE s.request_id = $1 AND s.status = 'pending' AND s.file_id IS NULL AND s.deleted_at IS NULL`

/** @returns true while somebody waits to be extracted, and the request was not stopped */
export async function hasWork(session: Session, requestId: string): Promise<boolean> {
  const { rows } = await session.run(`SELECT 1 ${WAITING} LIMIT 1`, [requestId])
  return rows.length > 0
}

/**
 * Takes subjects into an archive. Whoever was erased since the request was filed, or is gone without that, is not extracted and ends here.
 *
 * @param after the subject to go on from: those before it were taken, and walking past them again and again costs more the more there are
 * @returns which of them are to be read, and the last of those that waited; null when nobody did
 */
export async function claimSubjects(
  session: Session,
  request: ExtractRequest,
  fileId: string,
  { after, limit }: { after: string; limit: number }
): Promise<{ claimed: Claimed[]; last: string | null }> {
  // Asked one by one: of EXISTS the planner makes one reading of the whole table, as if all that wait were wanted.
  const { rows: found } = await session.run<Claimed & { erased: boolean; present: boolean }>(
    `SELECT s.id, s.customer_id,
       (SELECT true FROM privacy_ledger_entry AS l WHERE l.customer_id = s.customer_id AND l.deleted_at IS NULL LIMIT 1) IS NOT NULL AS erased,
       (SELECT true FROM customer AS c WHERE c.id = s.customer_id) IS NOT NULL AS present
     ${WAITING} AND s.id > $3 ORDER BY s.id LIMIT $2 FOR UPDATE OF s SKIP LOCKED`,
    [request.id, limit, after]
  )
  const claimed = found.filter(({ erased, present }) => present && !erased)
  const others = found.filter(({ erased, present }) => !present || erased)
  await session.run("UPDATE privacy_subject SET file_id = $2, error = NULL, processed_at = now(), updated_at = now() WHERE id = ANY($1::text[])", [claimed.map(({ id }) => id), fileId])
  if (others.length) {
    await session.run(
      `UPDATE privacy_subject AS s SET status = CASE WHEN o.erased THEN 'canceled' ELSE 'not_found' END, error = CASE WHEN o.erased THEN 'erased meanwhile' END,
         identifier = NULL, processed_at = now(), updated_at = now()
       FROM unnest($1::text[], $2::bool[]) AS o (id, erased) WHERE s.id = o.id`,
      [others.map(({ id }) => id), others.map(({ erased }) => erased)]
    )
    await recordAudit(
      session,
      others.map(({ id, customer_id, erased }): AuditEvent => ({
        action: erased ? "extract.refused" : "extract.not_found",
        actor: SYSTEM,
        requestId: request.id,
        subjectId: id,
        customerId: customer_id,
        ...(erased ? { details: { reason: "erased_meanwhile" } } : {}),
      }))
    )
  }
  return { claimed, last: found.length ? found[found.length - 1].id : null }
}

/** Takes a subject that cannot be read out of the work, with the error, so that the others go on. */
export async function parkSubject(session: Session, requestId: string, subject: Claimed, error: unknown) {
  await session.run(
    // Of a customer who was erased meanwhile, this row was passed over while it was claimed.
    `UPDATE privacy_subject AS s SET status = 'failed', error = $2, file_id = NULL, processed_at = now(), updated_at = now(),
       identifier = CASE WHEN NOT EXISTS (SELECT 1 FROM privacy_ledger_entry AS l WHERE l.customer_id = s.customer_id AND l.deleted_at IS NULL) THEN s.identifier END
     WHERE id = $1 AND status = 'pending'`,
    [subject.id, safeMessage(error)]
  )
  await recordAudit(session, [{ action: "extract.failed", actor: SYSTEM, requestId, subjectId: subject.id, customerId: subject.customer_id }])
}
