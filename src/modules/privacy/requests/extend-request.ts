import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { conflict } from "../conflict"
import type { Session } from "../database/session"
import { refuseReasonNamingSubjects } from "./check-reason"

/** GDPR Art. 12(3): "that period may be extended by two further months where necessary". */
const FURTHER_MONTHS = 2

interface RequestRow {
  status: string
  extended_at: Date | null
  is_over: boolean
  is_settled: boolean
}

/** True in SQL, of a request `r`, when nobody waits for anything any more. */
export const IS_SETTLED = `(r.status = 'canceled' OR (r.status = 'complete' AND NOT EXISTS (
  SELECT 1 FROM privacy_subject AS o WHERE o.request_id = r.id AND o.status IN ('held', 'failed') AND o.deleted_at IS NULL)))`

/**
 * Puts the due date of a request off by two months, once, with the reason that the person has to be told within the first month.
 *
 * @throws MedusaError NOT_FOUND; CONFLICT (409) when it was extended before, is settled, or is overdue
 */
export async function extendRequest(session: Session, id: string, reason: string, actor: Actor): Promise<void> {
  const { rows } = await session.run<RequestRow>(
    `SELECT r.status, r.extended_at, r.due_at <= now() AS is_over, ${IS_SETTLED} AS is_settled FROM privacy_request AS r WHERE r.id = $1 FOR UPDATE OF r`,
    [id]
  )
  const [request] = rows
  if (!request) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Privacy request with id: ${id} was not found`)
  }
  if (request.extended_at) {
    throw conflict("The due date was extended before, which is possible once.")
  }
  if (request.is_settled) {
    throw conflict("The request is settled: there is no due date to extend.")
  }
  if (request.is_over) {
    throw conflict("The request is overdue: an extension is possible only before the due date. Work it off now.")
  }
  await refuseReasonNamingSubjects(session, id, reason)
  const { rows: extended } = await session.run<{ due_at: Date }>(
    `UPDATE privacy_request SET due_at = due_at + make_interval(months => ${FURTHER_MONTHS}), extended_at = now(), extension_reason = $2,
       due_reminded_at = NULL, updated_at = now() WHERE id = $1 RETURNING due_at`,
    [id, reason]
  )
  await recordAudit(session, [{ action: "request.extended", actor, requestId: id, details: { due_at: extended[0].due_at } }])
}
