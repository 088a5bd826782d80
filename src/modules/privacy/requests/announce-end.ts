import { queueDeliveries } from "../jobs/outbox"
import type { Session } from "../database/session"
import { readRequest } from "./read-requests"

/** Tells the admin's notification feed that a bulk request has come to its end. A click on the customer page is followed there. */
export async function announceEnd(session: Session, id: string): Promise<void> {
  const { origin, reference, totals, status } = await readRequest(session, id)
  if (origin === "bulk") {
    await queueDeliveries(session, [
      { requestId: id, subjectId: "", destination: "feed", event: `request.${status}`, payload: { reference, ...totals } },
    ])
  }
}
