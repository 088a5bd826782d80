import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { conflict } from "../conflict"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import { normalizedEmail } from "../database/email-form/normalize-email-sql"
import { ERASED_REASON } from "../erasure/own-records"

/**
 * Places a legal hold under the lock that an erasure takes on every record it erases: one that is under way is waited for.
 *
 * @throws MedusaError NOT_FOUND when there is no such customer; CONFLICT (409) when it was erased
 */
export async function placeLegalHold(session: Session, customerId: string, reason: string, actor: Actor): Promise<void> {
  const { rows } = await session.run<{ id: string }>(LOCK_PERSON, [customerId])
  // After the lock, in a statement of its own: the erasure that was waited for is committed by now.
  const { rows: erased } = await session.run("SELECT 1 FROM privacy_ledger_entry WHERE customer_id = $1 AND deleted_at IS NULL", [customerId])
  if (erased.length) {
    throw conflict("This customer's data was already erased: there is nothing left to hold.")
  }
  if (!rows.some(({ id }) => id === customerId)) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Customer with id: ${customerId} was not found`)
  }
  const { rowCount } = await session.run(
    `INSERT INTO privacy_legal_hold (id, customer_id, reason, placed_by) VALUES ($1, $2, $3, $4)
     ON CONFLICT (customer_id) WHERE released_at IS NULL AND deleted_at IS NULL DO NOTHING`,
    [newId("prvhold"), customerId, reason, actor.id]
  )
  if (rowCount) {
    await recordAudit(session, [{ action: "legal_hold.placed", actor, customerId }])
  }
}

/** @throws MedusaError NOT_FOUND when no hold is in force */
export async function releaseLegalHold(session: Session, customerId: string, actor: Actor): Promise<void> {
  const { rowCount } = await session.run(
    // Of an erased customer the reason goes with the hold: it is free text, and names people.
    `UPDATE privacy_legal_hold AS h SET released_at = now(), released_by = $2, updated_at = now(), reason = CASE WHEN EXISTS (
         SELECT 1 FROM privacy_ledger_entry AS l WHERE l.customer_id = h.customer_id AND l.deleted_at IS NULL) THEN '${ERASED_REASON}' ELSE h.reason END
     WHERE customer_id = $1 AND released_at IS NULL AND deleted_at IS NULL`,
    [customerId, actor.id]
  )
  if (!rowCount) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `No legal hold is in force for customer ${customerId}`)
  }
  await recordAudit(session, [{ action: "legal_hold.released", actor, customerId }])
}

/** The customer's record, and those under its address that the hold holds too: a guest record can be erased by itself. */
const LOCK_PERSON = `
  SELECT c.id FROM customer AS c
  WHERE c.id IN (
    SELECT $1 UNION
    SELECT g.id FROM customer AS h JOIN customer AS g ON ${normalizedEmail("g.email")} = ${normalizedEmail("h.email")}
    WHERE h.id = $1 AND btrim(h.email) <> '')
  ORDER BY c.id FOR NO KEY UPDATE`
