import { loggedIn, newAdmin, seedAdmin, seedApiKey, withApiKey } from "../support/admins"
import { newCustomer } from "../support/customers"
import { ok, type Http } from "../support/http"
import { runScript } from "../support/medusa-exec"
import { copyTemplate, startTestStore, type TestStore } from "../support/test-store"

const VACANT = "vacant@officers.test"

let store: TestStore
let junior: Http
let configurer: Http
let chief: Http
let chiefId: string
let keys: { id: string; token: string }[]
let options: Parameters<typeof startTestStore>[0]["options"]

beforeAll(async () => {
  const databaseUrl = await copyTemplate("store_invitation")
  const [one, two, three] = [
    await seedAdmin(databaseUrl, "junior@officers.test"),
    await seedAdmin(databaseUrl, "configurer@officers.test"),
    await seedAdmin(databaseUrl, "chief@officers.test"),
  ]
  keys = [await seedApiKey(databaseUrl, three.id), await seedApiKey(databaseUrl, three.id)]
  options = {
    officers: [
      { user: "admin@demo.test", permissions: ["all"] },
      { user: two.email, permissions: ["view", "configure"] },
      { user: three.id, permissions: ["all"] },
      { user: VACANT, permissions: ["all"] },
    ],
    api_keys: keys.map(({ id }) => ({ id, permissions: ["view", "erase"] })),
    bulk: { approval: true },
  }
  store = await startTestStore({ name: "invitation", databaseUrl, options })
  junior = await loggedIn(store.anonymous, one)
  configurer = await loggedIn(store.anonymous, two)
  chief = await loggedIn(store.anonymous, three)
  chiefId = three.id
})

afterAll(() => store?.stop())

const me = (http: Http) => ok(http.get("/admin/privacy-permissions/me"))
const script = (name: string, args: string[] = []) =>
  runScript(name, { databaseUrl: store.databaseUrl, args, env: { PRIVACY_OPTIONS: JSON.stringify(options) } })

describe("an admin user who was invited", () => {
  it("is no officer by taking an officer's address in another casing", async () => {
    expect((await me(junior)).permissions).toEqual([])
    const { http } = await newAdmin(store, "Admin@demo.test", junior)
    expect((await me(http)).permissions).toEqual([])
    expect((await http.get("/admin/privacy-requests")).status).toBe(403)
    expect((await me(store.officer)).permissions).toHaveLength(6)
  })

  it("is no officer by taking an address that the options name and nobody had, until the operator binds it", async () => {
    const { http } = await newAdmin(store, VACANT, junior)
    expect(await me(http)).toMatchObject({
      permissions: [],
      notice: { code: "no_user", message: expect.stringMatching(/Name the user's id.*privacy-bind-officers\.js/) },
    })
    expect((await me(junior)).notice).toBeNull()
    // Any `medusa exec` starts the modules; it is no start of the store.
    await script("verify-audit.js")
    expect((await me(http)).permissions).toEqual([])

    const { code, output } = await script("privacy-bind-officers.js")

    expect(output).toMatch(/vacant@officers\.test: bound to user_\w+\./)
    expect(code).toBe(0)
    expect((await me(http)).permissions).toHaveLength(6)
    expect(await store.database.row("SELECT details FROM privacy_audit_entry WHERE action = 'officer.bound' ORDER BY created_at DESC LIMIT 1")).toMatchObject({
      details: { by: "script", user_id: expect.stringMatching(/^user_/) },
    })
  })

  it("is bound by a configurer only where the address grants no more than the configurer has", async () => {
    const refused = await configurer.post("/admin/privacy-permissions", { user: "admin@demo.test" })
    expect(refused.status).toBe(403)
    expect(refused.body.message).toMatch(/grants extract, erase, approve, override, which you do not have/)
    const { privacy_permission } = await ok(configurer.post("/admin/privacy-permissions", { user: "configurer@officers.test" }))
    expect(privacy_permission).toMatchObject({ permissions: ["view", "configure"], problem: null })
    expect((await chief.post("/admin/privacy-permissions", { user: "Admin@demo.test" })).status).toBe(400)
  })
})

describe("GET /admin/privacy-permissions", () => {
  it("lists each officer with the user behind the address", async () => {
    const { privacy_permissions, count } = await ok(configurer.get("/admin/privacy-permissions"))
    expect(count).toBe(4)
    expect(privacy_permissions[0]).toEqual({ user: "admin@demo.test", permissions: ["all"], user_id: expect.stringMatching(/^user_/), problem: null })
    expect(privacy_permissions[2]).toMatchObject({ user: chiefId, user_id: chiefId })
  })
})

describe("an erasure in bulk that waits for a second officer", () => {
  async function fileByKey(http: Http): Promise<string> {
    const { email } = await newCustomer(store)
    const { privacy_request } = await ok(
      http.post("/admin/privacy-requests", { type: "erasure", identifier_type: "email", identifiers: [email], confirm: 1 })
    )
    expect(privacy_request.status).toBe("awaiting_approval")
    return privacy_request.id
  }

  it("is not approved by the officer whose API key filed it", async () => {
    const id = await fileByKey(withApiKey(store.anonymous, keys[0].token))
    const answer = await chief.post(`/admin/privacy-requests/${id}/approve`)
    expect(answer.status).toBe(403)
    expect(answer.body.message).toMatch(/also by an API key of their making, cannot approve it/)
    expect((await store.officer.post(`/admin/privacy-requests/${id}/approve`)).status).toBe(200)
  })

  it("is not approved by that officer either once the key was removed", async () => {
    const id = await fileByKey(withApiKey(store.anonymous, keys[1].token))
    await ok(store.officer.post(`/admin/api-keys/${keys[1].id}/revoke`, {}))
    await ok(store.officer.delete(`/admin/api-keys/${keys[1].id}`))
    expect((await chief.post(`/admin/privacy-requests/${id}/approve`)).status).toBe(403)
    expect((await store.officer.post(`/admin/privacy-requests/${id}/approve`)).status).toBe(200)
  })

  it("is not approved by the API key of the officer who filed it", async () => {
    const id = await fileByKey(chief)
    expect((await withApiKey(store.anonymous, keys[0].token).post(`/admin/privacy-requests/${id}/approve`)).status).toBe(403)
  })
})
