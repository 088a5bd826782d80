import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { conflict } from "../conflict"
import type { Session } from "../database/session"
import { RETRY_SUBJECT_FROM, type RequestStatus } from "./transitions"

/**
 * Takes one held or failed subject up again. A request that had ended waits for its turn once more; one that still runs goes on.
 *
 * @throws MedusaError NOT_FOUND; CONFLICT (409) when the subject is neither held nor failed, or the request does not run
 */
export async function retrySubject(session: Session, requestId: string, subjectId: string, actor: Actor): Promise<void> {
  const { rows: requests } = await session.run<{ type: string; status: RequestStatus }>("SELECT type, status FROM privacy_request WHERE id = $1 FOR UPDATE", [requestId])
  const { rows: subjects } = await session.run<{ status: string; customer_id: string | null }>(
    "SELECT status, customer_id FROM privacy_subject WHERE id = $2 AND request_id = $1 AND deleted_at IS NULL FOR UPDATE",
    [requestId, subjectId]
  )
  const [request] = requests
  const [subject] = subjects
  if (!request || !subject) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Subject with id: ${subjectId} was not found in privacy request ${requestId}`)
  }
  if (!RETRY_SUBJECT_FROM.includes(request.status)) {
    throw conflict(
      `The request is ${request.status.replace("_", " ")}: one of its subjects can be tried again only while it is ` +
        `${RETRY_SUBJECT_FROM.join(" or ").replace(/_/g, " ")}.`
    )
  }
  if (subject.status !== "held" && subject.status !== "failed") {
    throw conflict(`The subject is ${subject.status.replace("_", " ")}: only one that is held or failed can be tried again.`)
  }
  await session.run("UPDATE privacy_subject SET status = 'pending', error = NULL, updated_at = now() WHERE id = $1", [subjectId])
  await session.run(
    `UPDATE privacy_request SET status = CASE WHEN status = 'in_progress' THEN status ELSE 'pending' END, completed_at = NULL, updated_at = now()
     WHERE id = $1`,
    [requestId]
  )
  await recordAudit(session, [
    { action: request.type === "access" ? "extract.retried" : "erasure.retried", actor, requestId, subjectId, customerId: subject.customer_id },
    { action: "request.retried", actor, requestId, details: { subjects: 1 } },
  ])
}
