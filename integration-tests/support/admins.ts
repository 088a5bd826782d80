import { randomBytes, scryptSync } from "node:crypto"
import accounts from "../../demo/accounts.json"
import { newId } from "../../src/modules/privacy/database/new-id"
import { Database } from "./database"
import { ok, type Http } from "./http"
import type { TestStore } from "./test-store"

const PASSWORD = "an admin's password"

/** A further admin user, by invitation as in the dashboard, logged in. */
export async function newAdmin(store: TestStore, email: string, inviter = store.officer): Promise<{ id: string; http: Http }> {
  const { invite } = await ok(inviter.post("/admin/invites", { email }))
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
  return withApiKey(store.anonymous, api_key.token)
}

/** An admin user in the database, before a store starts on it; their password is the demo admin's. */
export async function seedAdmin(databaseUrl: string, email: string): Promise<{ id: string; email: string; password: string }> {
  const { admin } = accounts
  const database = await Database.connect(databaseUrl)
  const id = newId("user")
  await database.rows(`INSERT INTO "user" (id, email) VALUES ($1, $2)`, [id, email])
  await database.rows("INSERT INTO auth_identity (id, app_metadata) VALUES ($1, jsonb_build_object('user_id', $1::text))", [id])
  await database.rows(
    `INSERT INTO provider_identity (id, entity_id, provider, auth_identity_id, provider_metadata)
     SELECT $1, $2, provider, $1, provider_metadata FROM provider_identity WHERE entity_id = $3 AND provider = 'emailpass'`,
    [id, email, admin.email]
  )
  await database.close()
  return { id, email, password: admin.password }
}

/** A secret API key in the database, before a store starts on it. */
export async function seedApiKey(databaseUrl: string, createdBy: string): Promise<{ id: string; token: string }> {
  const database = await Database.connect(databaseUrl)
  const [id, token, salt] = [newId("apk"), `sk_${randomBytes(32).toString("hex")}`, randomBytes(16).toString("hex")]
  await database.rows(
    "INSERT INTO api_key (id, token, salt, redacted, title, type, created_by) VALUES ($1, $2, $3, $5, 'A system', 'secret', $4)",
    // The redacted form as Medusa looks the key up by it.
    [id, scryptSync(token, salt, 64).toString("hex"), salt, createdBy, `${token.slice(0, 6)}***${token.slice(-3)}`]
  )
  await database.close()
  return { id, token }
}

/** A caller with the token of a secret API key. */
export const withApiKey = (anonymous: Http, token: string): Http =>
  anonymous.with({ authorization: `Basic ${Buffer.from(`${token}:`).toString("base64")}` })

/** A caller who has logged in as an admin. */
export async function loggedIn(anonymous: Http, { email, password }: { email: string; password: string }): Promise<Http> {
  const { token } = await ok(anonymous.post("/auth/user/emailpass", { email, password }))
  return anonymous.as(token)
}
