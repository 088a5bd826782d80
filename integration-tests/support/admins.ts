import { ok, type Http } from "./http"
import type { TestStore } from "./test-store"

const PASSWORD = "an admin's password"

/** A further admin user, by invitation as in the dashboard, logged in. */
export async function newAdmin(store: TestStore, email: string): Promise<{ id: string; http: Http }> {
  const { invite } = await ok(store.officer.post("/admin/invites", { email }))
  const { token: registration } = await ok(store.anonymous.post("/auth/user/emailpass/register", { email, password: PASSWORD }))
  const { user } = await ok(
    store.anonymous.as(registration).post(`/admin/invites/accept?token=${invite.token}`, { email, first_name: "Olga", last_name: "Officer" })
  )
  const { token } = await ok(store.anonymous.post("/auth/user/emailpass", { email, password: PASSWORD }))
  return { id: user.id, http: store.anonymous.as(token) }
}

/** A caller with a secret API key. */
export async function newApiKey(store: TestStore): Promise<Http> {
  const { api_key } = await ok(store.officer.post("/admin/api-keys", { title: "A system", type: "secret" }))
  return store.anonymous.with({ authorization: `Basic ${Buffer.from(`${api_key.token}:`).toString("base64")}` })
}
