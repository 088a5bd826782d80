import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { conflict } from "../conflict"
import { inTransaction, type Session } from "../database/session"

/** Requests a runner should look at: filed and not begun, or begun by a process that is gone. */
export async function openRequests(session: Session): Promise<string[]> {
  const { rows } = await session.run<{ id: string }>(
    "SELECT id FROM privacy_request WHERE status IN ('pending', 'in_progress') AND type = 'erasure' AND deleted_at IS NULL ORDER BY created_at LIMIT 1000"
  )
  return rows.map(({ id }) => id)
}

/** @returns true when the request may be worked on */
export async function beginRequest(session: Session, id: string): Promise<boolean> {
  const { rowCount } = await session.run(
    `UPDATE privacy_request SET status = 'in_progress', started_at = coalesce(started_at, now()), updated_at = now()
     WHERE id = $1 AND status IN ('pending', 'in_progress')`,
    [id]
  )
  return rowCount > 0
}

/** Closes the request once no subject waits; the runner that finds the last one done does it. */
export async function closeRequest(session: Session, id: string): Promise<void> {
  await session.run(
    `UPDATE privacy_request AS r SET updated_at = now(), completed_at = now(),
       status = CASE WHEN t.failed > 0 AND t.failed = t.subjects THEN 'failed' ELSE 'complete' END
     FROM (SELECT count(*) AS subjects, count(*) FILTER (WHERE status = 'failed') AS failed,
             count(*) FILTER (WHERE status = 'pending') AS pending FROM privacy_subject WHERE request_id = $1 AND deleted_at IS NULL) AS t
     WHERE r.id = $1 AND r.status = 'in_progress' AND t.pending = 0`,
    [id]
  )
}

/**
 * Takes held and failed subjects up again.
 *
 * @throws MedusaError NOT_FOUND; CONFLICT when nothing is held or failed
 */
export async function retryRequest(connection: Knex, id: string, actor: Actor): Promise<void> {
  await inTransaction(connection, async (session) => {
    const { rows } = await session.run<{ status: string }>("SELECT status FROM privacy_request WHERE id = $1 FOR UPDATE", [id])
    if (!rows.length) {
      throw new MedusaError(MedusaError.Types.NOT_FOUND, `Privacy request with id: ${id} was not found`)
    }
    const { rows: again } = await session.run<{ id: string; customer_id: string }>(
      `UPDATE privacy_subject SET status = 'pending', error = NULL, updated_at = now()
       WHERE request_id = $1 AND deleted_at IS NULL AND status IN ('held', 'failed') RETURNING id, customer_id`,
      [id]
    )
    if (!again.length) {
      throw conflict("Nothing to retry: no subject of this request is held or failed.")
    }
    await session.run("UPDATE privacy_request SET status = 'pending', completed_at = NULL, updated_at = now() WHERE id = $1", [id])
    await recordAudit(
      session,
      again.map((subject) => ({
        action: "erasure.retried",
        actor,
        requestId: id,
        subjectId: subject.id,
        customerId: subject.customer_id,
      }))
    )
  })
}
