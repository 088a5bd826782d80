import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"

/** @throws MedusaError NOT_FOUND when there is no such customer */
export async function placeLegalHold(session: Session, customerId: string, reason: string, actor: Actor): Promise<void> {
  const { rows } = await session.run("SELECT 1 FROM customer WHERE id = $1", [customerId])
  if (!rows.length) {
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
    "UPDATE privacy_legal_hold SET released_at = now(), released_by = $2, updated_at = now() WHERE customer_id = $1 AND released_at IS NULL AND deleted_at IS NULL",
    [customerId, actor.id]
  )
  if (!rowCount) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `No legal hold is in force for customer ${customerId}`)
  }
  await recordAudit(session, [{ action: "legal_hold.released", actor, customerId }])
}
