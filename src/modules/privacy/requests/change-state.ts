import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor, type AuditEvent } from "../audit/record"
import { conflict } from "../conflict"
import type { Session } from "../database/session"
import { refuseOwnApproval } from "../permissions/hands"
import { TRANSITIONS, type RequestAction, type RequestStatus } from "./transitions"

interface RequestRow {
  id: string
  type: "erasure" | "access"
  status: RequestStatus
  requested_by: string | null
  requested_by_type: string
  requester_user_id: string | null
  scheduled_for: Date | null
  due_to_start: boolean
}

/** Actions after which the workers take subjects up. */
const STARTS: readonly RequestAction[] = ["approve", "resume", "retry"]

/**
 * Does to a request what an officer asked for, in one step under the request's lock.
 *
 * @param confirm how many subjects the officer was told that the action takes; a request that would take another number is left as it is
 * @returns how many subjects wait for the workers by this action: 0 for one that starts nothing
 * @throws MedusaError NOT_FOUND; CONFLICT (409) when the state does not allow it, or the number differs; FORBIDDEN when the requester approves
 */
export async function changeState(session: Session, id: string, action: RequestAction, actor: Actor, confirm?: number): Promise<number> {
  const { rows } = await session.run<RequestRow>(
    `SELECT id, type, status, requested_by, requested_by_type, requester_user_id, scheduled_for, (scheduled_for IS NULL OR scheduled_for <= now()) AS due_to_start
     FROM privacy_request WHERE id = $1 FOR UPDATE`,
    [id]
  )
  const [request] = rows
  if (!request) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Privacy request with id: ${id} was not found`)
  }
  const allowed: readonly RequestStatus[] = TRANSITIONS[action]
  if (!allowed.includes(request.status)) {
    throw conflict(`The request is ${request.status.replace("_", " ")}: ${action} is possible only while it is ${allowed.join(" or ").replace(/_/g, " ")}.`)
  }
  const subjects = await ACTIONS[action](session, request, actor)
  const taken = STARTS.includes(action) ? await countPending(session, id) : 0
  if (confirm !== undefined && confirm !== taken) {
    throw conflict(`The request has changed: this would take up ${taken} and not ${confirm} of its subjects. Nothing was done; look at it again.`)
  }
  await recordAudit(session, [
    ...subjects,
    { action: `request.${PAST[action]}`, actor, requestId: id, ...(subjects.length ? { details: { subjects: subjects.length } } : {}) },
  ])
  return taken
}

async function countPending(session: Session, id: string): Promise<number> {
  const { rows } = await session.run<{ count: number }>(
    "SELECT count(*)::int AS count FROM privacy_subject WHERE request_id = $1 AND status = 'pending' AND deleted_at IS NULL",
    [id]
  )
  return rows[0].count
}

const PAST: Record<RequestAction, string> = { approve: "approved", stop: "stopped", resume: "resumed", cancel: "canceled", retry: "retried" }

const setStatus = (session: Session, id: string, status: RequestStatus) =>
  session.run("UPDATE privacy_request SET status = $2, updated_at = now() WHERE id = $1", [id, status])

type Change = (session: Session, request: RequestRow, actor: Actor) => Promise<AuditEvent[]>

const ready = ({ due_to_start }: RequestRow): RequestStatus => (due_to_start ? "pending" : "scheduled")

const ACTIONS: Record<RequestAction, Change> = {
  async approve(session, request, actor) {
    await refuseOwnApproval(session, request, actor)
    await session.run(
      "UPDATE privacy_request SET status = $2, approved_by = $3, approved_at = now(), updated_at = now() WHERE id = $1",
      [request.id, ready(request), actor.id]
    )
    return []
  },
  async stop(session, { id }) {
    await setStatus(session, id, "stopped")
    return []
  },
  async resume(session, request) {
    await setStatus(session, request.id, ready(request))
    return []
  },
  async cancel(session, { id }) {
    await session.run("UPDATE privacy_request SET status = 'canceled', completed_at = now(), updated_at = now() WHERE id = $1", [id])
    // What is held or failed stays so for the record; nothing can retry it any more, and so nothing needs its identifier.
    await session.run(
      `UPDATE privacy_subject SET status = CASE WHEN status = 'pending' THEN 'canceled' ELSE status END, identifier = NULL, updated_at = now()
       WHERE request_id = $1 AND deleted_at IS NULL AND (status = 'pending' OR identifier IS NOT NULL)`,
      [id]
    )
    return []
  },
  async retry(session, { id, type }, actor) {
    const { rows: again } = await session.run<{ id: string; customer_id: string }>(
      `UPDATE privacy_subject SET status = 'pending', error = NULL, updated_at = now()
       WHERE request_id = $1 AND deleted_at IS NULL AND status IN ('held', 'failed') RETURNING id, customer_id`,
      [id]
    )
    if (!again.length) {
      throw conflict("Nothing to retry: no subject of this request is held or failed.")
    }
    await session.run("UPDATE privacy_request SET status = 'pending', completed_at = NULL, updated_at = now() WHERE id = $1", [id])
    return again.map((subject) => ({
      action: type === "access" ? "extract.retried" : "erasure.retried",
      actor,
      requestId: id,
      subjectId: subject.id,
      customerId: subject.customer_id,
    }))
  },
}
