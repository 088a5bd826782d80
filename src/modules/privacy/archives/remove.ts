import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { inTransaction, type Session } from "../database/session"
import { queueDeliveries } from "../jobs/outbox"
import { removeStored } from "./storage"

/** Removes an archive from the file storage, unless somebody may still read it. */
export async function removeArchive(connection: Knex, fileId: string): Promise<void> {
  const file = await connection("privacy_file")
    .where({ id: fileId, removed_at: null })
    .whereNotIn("status", ["ready", "writing"])
    .first<{ storage_key: string | null } | undefined>("storage_key")
  if (!file) {
    return
  }
  if (file.storage_key) {
    await removeStored(file.storage_key)
  }
  await inTransaction(connection, (session) => session.run("UPDATE privacy_file SET removed_at = now(), updated_at = now() WHERE id = $1", [fileId]))
}

/** Tells the outbox to remove archives after the commit. */
export async function queueRemovals(session: Session, files: { id: string; request_id: string }[]): Promise<void> {
  await queueDeliveries(
    session,
    files.map(({ id, request_id }) => ({ requestId: request_id, subjectId: "", destination: "archives" as const, event: "remove", payload: { file_id: id } }))
  )
}

/** Archives to be removed for which nothing is on its way any more: the storage refused too often, or the deliveries were lost. */
export async function sweepArchives(session: Session): Promise<void> {
  const { rows } = await session.run<{ id: string; request_id: string }>(
    `SELECT f.id, f.request_id FROM privacy_file AS f
     WHERE f.status IN ('expired', 'destroyed', 'abandoned') AND f.removed_at IS NULL AND f.deleted_at IS NULL
       AND f.updated_at < now() - interval '1 minute'
       AND NOT EXISTS (SELECT 1 FROM privacy_delivery AS d WHERE d.request_id = f.request_id AND d.destination = 'archives' AND d.status = 'pending'
         AND d.deleted_at IS NULL AND d.payload ->> 'file_id' = f.id)
     ORDER BY f.id LIMIT 100 FOR UPDATE OF f SKIP LOCKED`
  )
  if (rows.length) {
    await session.run("UPDATE privacy_file SET updated_at = now() WHERE id = ANY($1::text[])", [rows.map(({ id }) => id)])
    await queueRemovals(session, rows)
  }
}
