import path from "node:path"
import { newAdmin } from "../support/admins"
import { ok, type Http } from "../support/http"
import { newEmail, register, type Shopper } from "../support/shopper"
import { copyTemplate, startTestStore, type TestStore } from "../support/test-store"

let store: TestStore
let shopper: Shopper

/** A store with Medusa's roles on and no officers in the options: the policies of roles alone decide. */
beforeAll(async () => {
  const databaseUrl = await copyTemplate("store_roles")
  const env = { DEMO_RBAC: "1" }
  const { migrateDatabase } = await import("../../scripts/lib/demo-store.mjs" as string)
  await migrateDatabase({ databaseUrl, env, log: path.resolve(".test/migrate-roles.log") })
  store = await startTestStore({ name: "roles", databaseUrl, env, options: { officers: [] } })
  shopper = await register(store)
})

afterAll(() => store?.stop())

/** An admin whose one role has these policies. */
async function adminWith(operations: string[]): Promise<Http> {
  const email = newEmail("role")
  const { id } = await newAdmin(store, email)
  await store.database.rows("INSERT INTO rbac_role (id, name) VALUES ($1, $1)", [`role_${id}`])
  await store.database.rows(
    `INSERT INTO rbac_role_policy (id, role_id, policy_id)
     SELECT 'rlpl_' || md5($1 || id), $1, id FROM rbac_policy WHERE (resource = 'privacy' AND operation = ANY($2)) OR (resource = 'customer' AND operation = 'read')`,
    [`role_${id}`, operations]
  )
  await store.database.rows("DELETE FROM user_rbac_role WHERE user_id = $1", [id])
  await store.database.rows("INSERT INTO user_rbac_role (id, user_id, rbac_role_id) VALUES ($1, $2, $3)", [`usrrole_${id}`, id, `role_${id}`])
  const { token } = await ok(store.anonymous.post("/auth/user/emailpass", { email, password: "an admin's password" }))
  return store.anonymous.as(token)
}

describe("with Medusa's roles on", () => {
  it("every permission is a policy of its own", async () => {
    const policies = await store.database.rows("SELECT operation FROM rbac_policy WHERE resource = 'privacy' AND deleted_at IS NULL ORDER BY operation")
    expect(policies.map(({ operation }) => operation)).toEqual(["approve", "configure", "erase", "extract", "override", "view"])
  })

  it("a role opens exactly what its policies say", async () => {
    const viewer = await adminWith(["view"])
    expect((await ok(viewer.get("/admin/privacy-permissions/me"))).permissions).toEqual(["view"])
    expect((await viewer.get(`/admin/customers/${shopper.id}/privacy`)).status).toBe(200)
    expect((await viewer.post(`/admin/customers/${shopper.id}/anonymize`, { email: shopper.email })).status).toBe(403)

    const eraser = await adminWith(["view", "erase"])
    expect((await eraser.post(`/admin/customers/${shopper.id}/anonymize`, { email: shopper.email })).status).toBe(202)
  })

  it("a role without the policies opens nothing", async () => {
    const nobody = await adminWith([])
    expect((await ok(nobody.get("/admin/privacy-permissions/me"))).permissions).toEqual([])
    expect((await nobody.get(`/admin/customers/${shopper.id}/privacy`)).status).toBe(403)
  })
})
