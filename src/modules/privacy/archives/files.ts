import { recordAudit, SYSTEM, type Actor } from "../audit/record"
import { LOCK, shareLock, takeLock } from "../database/locks"
import type { Result, Session } from "../database/session"
import { SCOPE } from "../data-map/live-map"
import { queueRemovals } from "./remove"

/** Where a destination failed for everybody, there are as many incomplete answers as customers: they do not pass through the memory all at once. */
const NOTED_AT_ONCE = 5000

/** The archive is not to be completed: somebody in it was erased meanwhile, or another worker has taken over. */
export class Outdated extends Error {}

/** Number of the next archive of a request, and the time by the database. */
export async function nextPart(session: Session, requestId: string): Promise<{ number: number; now: Date }> {
  const { rows } = await session.run<{ number: number; now: Date }>(
    `SELECT coalesce(max(part), 0)::int + 1 AS number, now() AS now FROM privacy_file
     WHERE request_id = $1 AND sealed_at IS NOT NULL AND deleted_at IS NULL`,
    [requestId]
  )
  return rows[0]
}

/** Notes an archive before its first byte is written, so that whatever happens it can be found and removed. */
export async function noteFile(
  session: Session,
  file: { id: string; requestId: string; part: number; name: string; format: string; storageKey: string | null; wrappedKey: string }
): Promise<void> {
  await session.run(
    `INSERT INTO privacy_file (id, request_id, part, name, format, status, storage_key, wrapped_key) VALUES ($1, $2, $3, $4, $5, 'writing', $6, $7)`,
    [file.id, file.requestId, file.part, file.name, file.format, file.storageKey, file.wrappedKey]
  )
}

/**
 * Writes down how far an archive is, and which customer records are in it.
 *
 * @throws Outdated when it is not being written any more
 */
export async function noteProgress(session: Session, fileId: string, subjects: number): Promise<void> {
  await session.run(
    `INSERT INTO privacy_file_customer (id, file_id, customer_id)
     SELECT DISTINCT 'prvfc_' || md5($1 || r.key), $1, r.key FROM ${SCOPE.rows} AS r WHERE r.entry = 'customer' ON CONFLICT DO NOTHING`,
    [fileId]
  )
  const { rowCount } = await session.run("UPDATE privacy_file SET subjects = $2, updated_at = now() WHERE id = $1 AND status = 'writing' AND wrapped_key IS NOT NULL", [fileId, subjects])
  if (!rowCount) {
    throw new Outdated()
  }
}

/**
 * Completes an archive the storage has all of: from now on it can be downloaded, and its subjects are done.
 *
 * @throws Outdated when somebody in it was erased meanwhile
 */
export async function sealFile(
  session: Session,
  { id, requestId, storageKey, size, expiresDays, actor }: { id: string; requestId: string; storageKey: string; size: number; expiresDays: number; actor: Actor }
): Promise<void> {
  // Whoever erases now is waited for; whoever erases later sees the archive.
  await takeLock(session, LOCK.archives)
  const { rows: erased } = await session.run(
    `SELECT 1 FROM privacy_file_customer AS f JOIN privacy_ledger_entry AS l ON l.customer_id = f.customer_id AND l.deleted_at IS NULL
     WHERE f.file_id = $1 AND f.deleted_at IS NULL LIMIT 1`,
    [id]
  )
  if (erased.length) {
    throw new Outdated()
  }
  const { rows } = await session.run<{ part: number; format: string; subjects: number }>(
    `UPDATE privacy_file SET status = 'ready', storage_key = $2, size = $3, sealed_at = now(), expires_at = now() + make_interval(days => $4), updated_at = now()
     WHERE id = $1 AND status = 'writing' AND wrapped_key IS NOT NULL RETURNING part, format, subjects`,
    [id, storageKey, size, expiresDays]
  )
  if (!rows.length) {
    throw new Outdated()
  }
  const { rows: subjects } = await session.run<{ id: string; customer_id: string }>(
    `WITH done AS (UPDATE privacy_subject SET status = 'complete', identifier = NULL, processed_at = now(), updated_at = now()
       WHERE file_id = $1 AND status = 'pending' AND deleted_at IS NULL RETURNING id, customer_id)
     SELECT id, customer_id FROM done LIMIT 2`,
    [id]
  )
  await recordAudit(session, [
    {
      action: "extract.completed",
      actor,
      requestId,
      // An archive of many is one entry; each customer's trail finds it by the archive.
      ...(subjects.length === 1 ? { subjectId: subjects[0].id, customerId: subjects[0].customer_id } : {}),
      details: { file_id: id, ...rows[0] },
    },
  ])
  await noteIncomplete(session, requestId, id)
}

/** Writes down whose archive lacks something. */
async function noteIncomplete(session: Session, requestId: string, fileId: string) {
  let after: string | undefined = ""
  while (after !== undefined) {
    const { rows }: Result<{ id: string; customer_id: string }> = await session.run(
      `SELECT id, customer_id FROM privacy_subject WHERE file_id = $1 AND status = 'complete' AND error IS NOT NULL AND deleted_at IS NULL AND id > $2
       ORDER BY id LIMIT ${NOTED_AT_ONCE}`,
      [fileId, after]
    )
    await recordAudit(
      session,
      rows.map((subject) => ({
        action: "extract.incomplete", actor: SYSTEM, requestId, subjectId: subject.id, customerId: subject.customer_id, details: { file_id: fileId },
      }))
    )
    after = rows[NOTED_AT_ONCE - 1]?.id
  }
}

/** Gives up every unfinished archive of a request: its key goes at once, its subjects wait again, its object is removed after the commit. */
export async function abandonFiles(session: Session, requestId: string): Promise<void> {
  const { rows } = await session.run<{ id: string; request_id: string }>(
    `UPDATE privacy_file SET status = 'abandoned', wrapped_key = NULL, updated_at = now()
     WHERE request_id = $1 AND status = 'writing' AND deleted_at IS NULL RETURNING id, request_id`,
    [requestId]
  )
  const ids = rows.map(({ id }) => id)
  if (ids.length) {
    await session.run(
      `UPDATE privacy_subject SET file_id = NULL, error = NULL, processed_at = NULL, updated_at = now() WHERE file_id = ANY($1::text[]) AND status = 'pending'`,
      [ids]
    )
    await session.run("DELETE FROM privacy_file_customer WHERE file_id = ANY($1::text[])", [ids])
    await queueRemovals(session, rows)
  }
}

/** Taken by an erasure before its first read, until its end. */
export async function holdArchives(session: Session): Promise<void> {
  await shareLock(session, LOCK.archives)
}

/** Destroys every archive that holds one of the customers being erased: without its key it is noise, from this commit on. */
export async function destroyArchives(session: Session, actor: Actor): Promise<void> {
  // One that is still being written loses its key, too, and so is never completed; it is removed by whoever writes it.
  const { rows } = await session.run<{ id: string; request_id: string; status: string }>(
    `UPDATE privacy_file AS f SET wrapped_key = NULL, updated_at = now(), status = CASE WHEN f.status = 'writing' THEN 'writing' ELSE 'destroyed' END,
       destroyed_at = CASE WHEN f.status = 'ready' THEN now() END, destroyed_reason = CASE WHEN f.status = 'ready' THEN 'erased_subject' END
     WHERE f.status IN ('ready', 'writing') AND f.deleted_at IS NULL AND f.id IN (
       SELECT c.file_id FROM privacy_file_customer AS c JOIN ${SCOPE.rows} AS r ON r.entry = 'customer' AND r.key = c.customer_id WHERE c.deleted_at IS NULL)
     RETURNING f.id, f.request_id, f.status`
  )
  const destroyed = rows.filter(({ status }) => status === "destroyed")
  await queueRemovals(session, destroyed)
  await recordAudit(session, destroyed.map(({ id, request_id }) => ({ action: "extract.destroyed", actor, requestId: request_id, details: { file_id: id, reason: "erased_subject" } })))
}

/** Destroys archives whose time is over, by the database's clock. */
export async function expireFiles(session: Session): Promise<void> {
  const { rows } = await session.run<{ id: string; request_id: string }>(
    `UPDATE privacy_file SET status = 'expired', wrapped_key = NULL, destroyed_at = now(), destroyed_reason = 'expired', updated_at = now()
     WHERE id IN (SELECT id FROM privacy_file WHERE status = 'ready' AND expires_at <= now() AND deleted_at IS NULL ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED)
     RETURNING id, request_id`
  )
  await queueRemovals(session, rows)
  await recordAudit(session, rows.map(({ id, request_id }) => ({ action: "extract.expired", actor: SYSTEM, requestId: request_id, details: { file_id: id } })))
}
