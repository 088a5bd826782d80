import type { Database } from "../../support/database"
import type { Person } from "./person"

/** Requests that came to nothing, in every state that a subject's row can be left in with what it was known by: type, state, subject's state. */
const LEFT = [
  ["erasure", "complete", "held"],
  ["erasure", "complete", "failed"],
  ["erasure", "canceled", "held"],
  ["erasure", "canceled", "failed"],
  ["access", "stopped", "pending"],
  ["access", "complete", "failed"],
  ["access", "awaiting_approval", "pending"],
]

/**
 * What the plugin itself has noted down about the person before: requests that were held, failed, stopped or canceled, by an earlier version
 * that left them in plain as well, and a legal hold that is released.
 *
 * @returns words that were said only here
 */
export async function leaveOwnRecords(database: Database, { email, first_name, last_name }: Person, customerId: string): Promise<string[]> {
  for (const [index, [type, status, subject]] of LEFT.entries()) {
    const id = `canary_${index}`
    await database.rows(
      `INSERT INTO privacy_request (id, reference, type, method, format, status, origin, requested_by_type, due_at)
       VALUES ('prvreq_' || $1, 'PR-' || $1, $2, CASE WHEN $2 = 'erasure' THEN 'anonymize' END, CASE WHEN $2 = 'access' THEN 'json' END, $3, 'bulk', 'user', now())`,
      [id, type, status]
    )
    await database.rows(
      `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier, identifier_hash, identifier_redacted, pseudonym, status)
       VALUES ('prvsub_' || $1, 'prvreq_' || $1, $2, 'email', $3, 'k1:' || md5($1), 'm***@***.example', 'erased-' || md5($1), $4)`,
      [id, customerId, email, subject]
    )
  }
  const lawyer = `Advokatin ${last_name}`
  await database.rows(
    "INSERT INTO privacy_legal_hold (id, customer_id, reason, released_at) VALUES ('prvhold_canary', $1, $2, now())",
    [customerId, `${first_name} ${last_name} v. shop, represented by ${lawyer}`]
  )
  return [lawyer]
}
