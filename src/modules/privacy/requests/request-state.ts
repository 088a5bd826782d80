import { recordAudit, SYSTEM } from "../audit/record"
import type { Session } from "../database/session"

/** Lets scheduled requests whose time has come begin. */
export async function releaseScheduled(session: Session): Promise<void> {
  const { rows } = await session.run<{ id: string }>(
    `UPDATE privacy_request SET status = 'pending', updated_at = now()
     WHERE status = 'scheduled' AND scheduled_for <= now() AND deleted_at IS NULL RETURNING id`
  )
  await recordAudit(session, rows.map(({ id }) => ({ action: "request.released", actor: SYSTEM, requestId: id })))
}

/** Requests a runner should look at: filed and not begun, or begun by a process that is gone. */
export async function openRequests(session: Session): Promise<{ id: string; type: string; origin: string }[]> {
  const { rows } = await session.run<{ id: string; type: string; origin: string }>(
    `SELECT id, type, origin FROM privacy_request
     WHERE status IN ('pending', 'in_progress') AND deleted_at IS NULL
     ORDER BY created_at
     LIMIT 1000`
  )
  return rows
}

/** Extracts that are not worked on and have an archive that was never completed: whoever wrote it is gone, or is completing it now. */
export async function restingExtracts(session: Session): Promise<string[]> {
  const { rows } = await session.run<{ id: string }>(
    `SELECT DISTINCT r.id FROM privacy_file AS f JOIN privacy_request AS r ON r.id = f.request_id
     WHERE f.status = 'writing' AND f.deleted_at IS NULL AND r.status NOT IN ('pending', 'in_progress') LIMIT 100`
  )
  return rows.map(({ id }) => id)
}

/** @returns true when the request may be worked on */
export async function beginRequest(session: Session, id: string): Promise<boolean> {
  const { rows } = await session.run<{ status: string }>(
    "SELECT status FROM privacy_request WHERE id = $1 AND status IN ('pending', 'in_progress') FOR UPDATE",
    [id]
  )
  const [request] = rows
  if (request?.status === "pending") {
    await session.run(
      "UPDATE privacy_request SET status = 'in_progress', started_at = coalesce(started_at, now()), error = NULL, updated_at = now() WHERE id = $1",
      [id]
    )
    await recordAudit(session, [{ action: "request.started", actor: SYSTEM, requestId: id }])
  }
  return Boolean(request)
}

/**
 * Closes the request once no subject waits; the runner that finds the last one done does it.
 *
 * @returns true for the one that closed it
 */
export async function closeRequest(session: Session, id: string): Promise<boolean> {
  // The lock first: a subject that is taken up again at this moment must be seen by the count below.
  await session.run("SELECT 1 FROM privacy_request WHERE id = $1 FOR UPDATE", [id])
  const { rows } = await session.run<{ status: string }>(
    `UPDATE privacy_request AS r SET updated_at = now(), completed_at = now(),
       status = CASE WHEN t.failed > 0 AND t.failed = t.subjects THEN 'failed' ELSE 'complete' END
     FROM (SELECT count(*) AS subjects, count(*) FILTER (WHERE status = 'failed') AS failed,
             count(*) FILTER (WHERE status = 'pending') AS pending FROM privacy_subject WHERE request_id = $1 AND deleted_at IS NULL) AS t
     WHERE r.id = $1 AND r.status = 'in_progress' AND t.pending = 0 RETURNING r.status`,
    [id]
  )
  const [closed] = rows
  if (closed) {
    await recordAudit(session, [
      { action: closed.status === "failed" ? "request.failed" : "request.completed", actor: SYSTEM, requestId: id },
    ])
  }
  return Boolean(closed)
}
