import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { conflict } from "../conflict"
import type { Session } from "../database/session"
import type { DeliveryStatus } from "../vocabulary"

/** What an officer can do to a delivery. */
export type DeliveryAction = "retry" | "redeliver" | "acknowledge" | "abandon"

const FROM: Record<DeliveryAction, DeliveryStatus[]> = {
  retry: ["pending", "sent", "failed"],
  // A webhook's receiver that lost what it was told may be told again, under the same id.
  redeliver: ["pending", "acknowledged", "failed"],
  acknowledge: ["pending", "sent", "failed"],
  abandon: ["pending", "sent", "failed"],
}

const PAST: Record<DeliveryAction, string> = { retry: "retried", redeliver: "redelivered", acknowledge: "acknowledged", abandon: "abandoned" }

/** Ended by hand: whatever a destination needed is gone. A dispatcher that is calling it right now finds its lease gone. */
const ENDED = "next_attempt_at = NULL, lease = NULL, progress = NULL, identifiers = NULL"

const CHANGE: Record<DeliveryAction, string> = {
  // Where a destination had got to is kept. A permanent failure begins anew.
  retry: "next_attempt_at = now(), lease = NULL, attempts = 0, progress = CASE WHEN status = 'failed' THEN NULL ELSE progress END, status = 'pending', overdue_notified_at = NULL",
  redeliver: "next_attempt_at = now(), lease = NULL, attempts = 0, status = 'pending', acknowledged_at = NULL",
  acknowledge: `${ENDED}, status = 'acknowledged', error = NULL, delivered_at = coalesce(delivered_at, now()), acknowledged_at = now()`,
  abandon: `${ENDED}, status = 'abandoned'`,
}

/**
 * Does to a delivery what an officer asked for: tries it again at once, tells a webhook again, notes that the destination confirmed by
 * other means, or gives it up.
 *
 * @throws MedusaError NOT_FOUND; CONFLICT (409) when its state does not allow it
 */
export async function changeDelivery(session: Session, id: string, action: DeliveryAction, actor: Actor, webhookId: string | null = null): Promise<void> {
  const { rows } = await session.run<{ status: DeliveryStatus; destination: string; request_id: string; subject_id: string; webhook_id: string | null }>(
    `SELECT status, destination, request_id, subject_id, webhook_id FROM privacy_delivery
     WHERE id = $1 AND deleted_at IS NULL AND ($2::text IS NULL OR webhook_id = $2) FOR UPDATE`,
    [id, webhookId]
  )
  const [delivery] = rows
  if (!delivery) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Privacy delivery with id: ${id} was not found`)
  }
  if (!FROM[action].includes(delivery.status)) {
    throw conflict(`The delivery is ${delivery.status}: ${action} is possible only while it is ${FROM[action].join(" or ")}.`)
  }
  await session.run(`UPDATE privacy_delivery SET ${CHANGE[action]}, updated_at = now() WHERE id = $1`, [id])
  await recordAudit(session, [
    {
      action: `delivery.${PAST[action]}`, actor, requestId: delivery.request_id || null, subjectId: delivery.subject_id || null,
      details: { delivery_id: id, destination: delivery.webhook_id ?? delivery.destination, was: delivery.status },
    },
  ])
}
