import { queueDeliveries } from "../jobs/outbox"
import type { Session } from "../database/session"
import { announce } from "../webhooks/announce"
import { readLanguage } from "./read-language"
import { readRequest } from "./read-requests"

/**
 * Tells the webhooks that a request has come to its end, and of a bulk request the admin's notification feed. A click on the customer
 * page is followed there.
 */
export async function announceEnd(session: Session, id: string): Promise<void> {
  const { origin, reference, type, method, totals, status } = await readRequest(session, id)
  await announce(session, [
    { type: "privacy_request.completed", requestId: id, data: { request_id: id, reference, type, method, status, totals } },
  ])
  if (origin === "bulk") {
    await queueDeliveries(session, [
      { requestId: id, subjectId: "", destination: "feed", event: `request.${status}`, payload: { reference, language: await readLanguage(session, id), ...totals } },
    ])
  }
}
