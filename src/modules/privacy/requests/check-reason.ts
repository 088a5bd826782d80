import { MedusaError } from "@medusajs/framework/utils"
import { normalizeEmail } from "../database/email-form/normalize-email"
import type { Session } from "../database/session"

/** What reads as an e-mail address inside a text. */
const ADDRESS = /[^\s@<>()"',;:]+@[^\s@<>()"',;:]+\.[^\s@<>()"',;:]+/u

/** A shorter identifier stands in many a word by chance. */
const SHORTEST = 5

/**
 * A reason is kept for good, with the record of the request: it may not say whom it was about.
 *
 * @param identifiers what the subjects are known by, in comparison form
 * @throws MedusaError INVALID_DATA with what to do
 */
export function refuseIdentifyingReason(reason: string | null | undefined, identifiers: string[] = []): void {
  if (!reason) {
    return
  }
  const text = normalizeEmail(reason)
  if (ADDRESS.test(text)) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "The reason is kept forever: leave the customer's e-mail address out of it, and any other. The number of a ticket says as much."
    )
  }
  if (identifiers.some((identifier) => identifier.length >= SHORTEST && text.includes(identifier.toLowerCase()))) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "The reason is kept forever: leave what a customer is known by (an address, a phone number, a number of your own) out of it. The number of a ticket says as much."
    )
  }
}

/**
 * The same for a request that is filed already, against the identifiers it still has.
 *
 * @throws MedusaError INVALID_DATA with what to do
 */
export async function refuseReasonNamingSubjects(session: Session, requestId: string, reason: string): Promise<void> {
  refuseIdentifyingReason(reason)
  const { rows } = await session.run<{ identifier: string }>(
    `SELECT identifier FROM privacy_subject
     WHERE request_id = $1 AND identifier IS NOT NULL AND length(identifier) >= ${SHORTEST} AND deleted_at IS NULL AND position(lower(identifier) IN lower($2)) > 0 LIMIT 1`,
    [requestId, reason]
  )
  refuseIdentifyingReason(reason, rows.map(({ identifier }) => identifier))
}
