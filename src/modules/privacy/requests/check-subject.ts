import { MedusaError } from "@medusajs/framework/utils"
import { conflict } from "../conflict"
import type { Session } from "../database/session"
import type { Environment } from "../erasure/erasure-request"
import { holdOfValue, readValue, valueSeverity } from "../erasure/value"
import { findHolds, type Hold } from "../holds/find-holds"
import { openScope, resolveScope } from "../subjects/scope"

interface CheckedSubject {
  type: string
  status: string
  customer_id: string | null
  pseudonym: string
  hold_value: boolean
  overrides: string[] | null
}

/**
 * Looks again at what holds a held subject, notes it with the subject, and changes nothing else: the subject stays held until an officer has it tried
 * again.
 *
 * @returns the holds found now; none that blocks means that a retry would erase the subject
 * @throws MedusaError NOT_FOUND; CONFLICT (409) when the subject is not held
 */
export async function checkSubject(session: Session, { map, options }: Environment, requestId: string, subjectId: string): Promise<Hold[]> {
  const { rows } = await session.run<CheckedSubject>(
    `SELECT r.type, s.status, s.customer_id, s.pseudonym, r.hold_value, r.overrides
     FROM privacy_subject AS s
     JOIN privacy_request AS r ON r.id = s.request_id
     WHERE s.id = $2 AND s.request_id = $1 AND s.deleted_at IS NULL
     FOR UPDATE OF s`,
    [requestId, subjectId]
  )
  const [subject] = rows
  if (!subject) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Subject with id: ${subjectId} was not found in privacy request ${requestId}`)
  }
  if (subject.type !== "erasure" || subject.status !== "held" || !subject.customer_id) {
    throw conflict(`The subject is ${subject.status.replace("_", " ")}: holds are looked at only while an erasure of it is held.`)
  }
  await openScope(session, [{ number: 0, customerId: subject.customer_id, pseudonym: subject.pseudonym }], "")
  await resolveScope(session, map.entries, 1)
  const severity = subject.hold_value ? "block" : valueSeverity(options)
  const value = severity === "ignore" ? [] : ((await readValue(session, map.schema)).get(0) ?? [])
  const holds = [...((await findHolds(session, options)).get(0) ?? []), ...holdOfValue(severity, value)]
  const noted = holds.map((hold) => ({ ...hold, overridden: hold.severity === "block" && (subject.overrides ?? []).includes(hold.code) }))
  await session.run("UPDATE privacy_subject SET holds = $2::jsonb, updated_at = now() WHERE id = $1", [subjectId, JSON.stringify(noted)])
  return holds
}
