import { ok } from "./http"
import type { TestStore } from "./test-store"

const FINISHED = ["complete", "failed", "canceled"]

/** Waits until a request has come to its end and gives it. */
export async function finished(store: TestStore, requestId: string, within = 30_000) {
  const until = Date.now() + within
  for (;;) {
    const { privacy_request } = await ok(store.officer.get(`/admin/privacy-requests/${requestId}`))
    if (FINISHED.includes(privacy_request.status)) {
      return privacy_request
    }
    if (Date.now() > until) {
      throw new Error(`Request ${requestId} is still ${privacy_request.status} after ${within} ms`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Asks for an erasure as the customer page does and waits for its end. */
export async function erase(
  store: TestStore,
  customer: { id: string; email: string },
  choices: { method?: "anonymize" | "delete"; override?: string[]; reason?: string; profile_id?: string } = {}
) {
  const { privacy_request } = await ok(store.officer.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email, ...choices }))
  return finished(store, privacy_request.id)
}

/** Waits until everything that was to be told is told. */
export async function delivered(store: TestStore, requestId: string, within = 15_000) {
  const until = Date.now() + within
  for (;;) {
    const { count } = await store.database.row<{ count: number }>(
      "SELECT count(*)::int AS count FROM privacy_delivery WHERE request_id = $1 AND status = 'pending'",
      [requestId]
    )
    if (!count) {
      return
    }
    if (Date.now() > until) {
      throw new Error(`${count} deliveries of request ${requestId} are still pending after ${within} ms`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
