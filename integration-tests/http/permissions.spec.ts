import { loggedIn, newAdmin, seedAdmin, seedApiKey, withApiKey } from "../support/admins"
import { newCustomer, type Customer } from "../support/customers"
import { ok, type Http } from "../support/http"
import { finished } from "../support/requests"
import { register } from "../support/shopper"
import { copyTemplate, startTestStore, type TestStore } from "../support/test-store"

const PERMISSIONS = ["view", "extract", "erase", "approve", "override", "configure"] as const

type Permission = (typeof PERMISSIONS)[number]

/** Every route and the permission that opens it. Ids that nobody has: whoever may pass gets 404 or 400, never 403. */
const ROUTES: { method: string; path: string; permission: Permission; body?: unknown }[] = [
  { method: "GET", path: "/admin/customers/cus_none/privacy", permission: "view" },
  { method: "POST", path: "/admin/customers/cus_none/anonymize", permission: "erase", body: { email: "nobody@example.com" } },
  { method: "POST", path: "/admin/customers/cus_none/legal-hold", permission: "configure", body: { reason: "x" } },
  { method: "DELETE", path: "/admin/customers/cus_none/legal-hold", permission: "configure" },
  { method: "GET", path: "/admin/privacy-requests", permission: "view" },
  { method: "GET", path: "/admin/privacy-requests/prvreq_none", permission: "view" },
  { method: "GET", path: "/admin/privacy-requests/prvreq_none/subjects", permission: "view" },
  { method: "POST", path: "/admin/privacy-requests/prvreq_none/retry", permission: "erase" },
  { method: "POST", path: "/admin/privacy-requests", permission: "erase", body: {} },
  { method: "POST", path: "/admin/privacy-requests/preview", permission: "erase", body: {} },
  { method: "POST", path: "/admin/privacy-requests/upload", permission: "erase", body: {} },
  { method: "POST", path: "/admin/privacy-requests/prvreq_none/stop", permission: "erase" },
  { method: "POST", path: "/admin/privacy-requests/prvreq_none/resume", permission: "erase" },
  { method: "POST", path: "/admin/privacy-requests/prvreq_none/cancel", permission: "erase" },
  { method: "POST", path: "/admin/privacy-requests/prvreq_none/approve", permission: "approve" },
  { method: "GET", path: "/admin/privacy-requests/prvreq_none/history", permission: "view" },
  { method: "POST", path: "/admin/privacy-requests/prvreq_none/subjects/prvsub_none/retry", permission: "erase" },
  { method: "POST", path: "/admin/privacy-requests/prvreq_none/extend", permission: "erase", body: { reason: "x" } },
  { method: "GET", path: "/admin/privacy-data-map/indexes", permission: "view" },
  { method: "POST", path: "/admin/privacy-data-map/indexes", permission: "configure", body: { names: ["IDX_none"] } },
  { method: "POST", path: "/admin/customers/cus_none/extract", permission: "extract", body: { format: "json" } },
  { method: "POST", path: "/admin/privacy-requests", permission: "extract", body: { type: "access" } },
  { method: "POST", path: "/admin/privacy-requests/preview", permission: "extract", body: { type: "access" } },
  { method: "POST", path: "/admin/privacy-requests/upload", permission: "extract", body: { type: "access" } },
  { method: "POST", path: "/admin/privacy-requests/prvreq_none/repeat", permission: "extract" },
  { method: "GET", path: "/admin/privacy-requests/prvreq_none/files", permission: "extract" },
  { method: "GET", path: "/admin/privacy-requests/prvreq_none/files/prvfile_none/download", permission: "extract" },
  ...["stop", "resume", "cancel", "retry"].map((action) => ({ method: "POST", path: `/admin/privacy-requests/prvreq_access/${action}`, permission: "extract" as const })),
  { method: "POST", path: "/admin/privacy-requests/prvreq_access/subjects/prvsub_none/retry", permission: "extract" },
  { method: "POST", path: "/admin/privacy-requests/prvreq_access/extend", permission: "extract", body: {} },
  { method: "GET", path: "/admin/privacy-data-map", permission: "view" },
  { method: "GET", path: "/admin/privacy-profiles", permission: "view" },
  { method: "POST", path: "/admin/privacy-profiles", permission: "configure", body: {} },
  { method: "GET", path: "/admin/privacy-profiles/prvpro_none", permission: "view" },
  { method: "POST", path: "/admin/privacy-profiles/prvpro_none", permission: "configure", body: { description: "x" } },
  { method: "DELETE", path: "/admin/privacy-profiles/prvpro_none", permission: "configure" },
  { method: "GET", path: "/admin/privacy-webhooks", permission: "view" },
  { method: "POST", path: "/admin/privacy-webhooks", permission: "configure", body: {} },
  { method: "GET", path: "/admin/privacy-webhooks/prvwh_none", permission: "view" },
  { method: "POST", path: "/admin/privacy-webhooks/prvwh_none", permission: "configure", body: { description: "x" } },
  { method: "DELETE", path: "/admin/privacy-webhooks/prvwh_none", permission: "configure" },
  { method: "POST", path: "/admin/privacy-webhooks/prvwh_none/rotate-secret", permission: "configure" },
  { method: "POST", path: "/admin/privacy-webhooks/prvwh_none/send-test", permission: "configure" },
  { method: "GET", path: "/admin/privacy-webhooks/prvwh_none/deliveries", permission: "view" },
  { method: "POST", path: "/admin/privacy-webhooks/prvwh_none/deliveries/prvdel_none/redeliver", permission: "configure" },
  { method: "GET", path: "/admin/privacy-deliveries", permission: "view" },
  { method: "GET", path: "/admin/privacy-deliveries/prvdel_none", permission: "view" },
  { method: "POST", path: "/admin/privacy-deliveries/prvdel_none/retry", permission: "erase" },
  { method: "POST", path: "/admin/privacy-deliveries/prvdel_none/acknowledge", permission: "erase" },
  { method: "POST", path: "/admin/privacy-deliveries/prvdel_none/abandon", permission: "erase" },
  { method: "GET", path: "/admin/privacy-permissions", permission: "view" },
  { method: "POST", path: "/admin/privacy-permissions", permission: "configure", body: { user: "nobody@officers.test" } },
  { method: "GET", path: "/admin/privacy-audit", permission: "view" },
  { method: "GET", path: "/admin/privacy-audit/verify", permission: "view" },
]

let store: TestStore
let nobody: { id: string; http: Http }
const officers = {} as Record<Permission, { id: string; http: Http }>

let apiKey: { id: string; token: string }

beforeAll(async () => {
  const databaseUrl = await copyTemplate("store_permissions")
  const admins = await Promise.all(PERMISSIONS.map((permission) => seedAdmin(databaseUrl, `${permission}@officers.test`)))
  apiKey = await seedApiKey(databaseUrl, admins[0].id)
  store = await startTestStore({
    name: "permissions",
    databaseUrl,
    options: {
      officers: [
        { user: "admin@demo.test", permissions: ["all"] },
        // By address and by id in turn.
        ...PERMISSIONS.map((permission, at) => ({ user: admins[at][at % 2 ? "id" : "email"], permissions: [permission] })),
      ],
      api_keys: [{ id: apiKey.id, permissions: ["view", "erase"] }],
    },
  })
  for (const [at, permission] of PERMISSIONS.entries()) {
    officers[permission] = { id: admins[at].id, http: await loggedIn(store.anonymous, admins[at]) }
  }
  nobody = await newAdmin(store, "nobody@officers.test")
  await store.database.rows(
    `INSERT INTO privacy_request (id, reference, type, format, status, origin, requested_by_type, due_at)
     VALUES ('prvreq_access', 'PR-ACCESS', 'access', 'json', 'canceled', 'bulk', 'system', now())`
  )
})

afterAll(() => store?.stop())

const named = ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const)

const refusals = async (actor: string) =>
  store.database.rows("SELECT details, customer_id FROM privacy_audit_entry WHERE actor_id = $1 AND action = 'access.refused' ORDER BY created_at", [actor])

describe("permissions", () => {
  it.each(named)("%s is open to the officer with its permission and closed to all others", async (_, { method, path, permission, body }) => {
    for (const holder of PERMISSIONS) {
      const answer = await officers[holder].http.send(method, path, body)
      if (holder === permission) {
        expect([200, 202, 400, 404, 409]).toContain(answer.status)
      } else {
        expect(answer.status).toBe(403)
        expect(answer.body).toMatchObject({ type: "forbidden", message: expect.stringContaining(`permission "${permission}"`) })
      }
    }
  })

  it.each(named)("%s is closed to admins nobody named, to customers and to nobody", async (_, { method, path, body }) => {
    expect((await nobody.http.send(method, path, body)).status).toBe(403)
    expect((await store.anonymous.send(method, path, body)).status).toBe(401)
  })

  it("are refused to a customer's token on every route", async () => {
    const shopper = await register(store)
    for (const { method, path, body } of ROUTES) {
      expect((await shopper.http.send(method, path, body)).status).toBe(401)
    }
  })

  it.each(["/admin/PRIVACY-requests", "/ADMIN/privacy-requests", "/admin/privacy-requests/", "/admin//privacy-requests", "/admin/privacy%2Drequests"])(
    "cannot be slipped past by another spelling: %s",
    async (path) => {
      const { status, body } = await nobody.http.get(path)
      expect([401, 403, 404]).toContain(status)
      expect(body).not.toHaveProperty("privacy_requests")
    }
  )

  it("hold for HEAD as for GET", async () => {
    expect((await nobody.http.send("HEAD", "/admin/privacy-requests")).status).toBe(403)
  })

  it("are checked before the body, so that nobody learns from a refusal what it takes", async () => {
    const { status } = await officers.view.http.post("/admin/privacy-profiles", { nonsense: true })
    expect(status).toBe(403)
  })

  it("are told to whoever asks", async () => {
    for (const permission of PERMISSIONS) {
      expect(await ok(officers[permission].http.get("/admin/privacy-permissions/me"))).toEqual({
        permissions: [permission], notice: null, default_method: "anonymize", identifier_types: ["email", "customer_id"], due_reminder_days: 5,
        scheduling: true, access_requests: true,
      })
    }
    expect((await ok(nobody.http.get("/admin/privacy-permissions/me"))).permissions).toEqual([])
    expect((await ok(store.officer.get("/admin/privacy-permissions/me"))).permissions).toEqual([...PERMISSIONS])
    expect((await store.anonymous.get("/admin/privacy-permissions/me")).status).toBe(401)
  })

  it("of a form is asked for before the file is taken, and the right one after", async () => {
    const form = (type: string) => {
      const body = new FormData()
      body.append("type", type)
      body.append("identifier_type", "email")
      body.append("file", new Blob(["nobody@example.com"], { type: "text/plain" }), "list.txt")
      return body
    }
    const status = async (permission: Permission, type: string) => (await officers[permission].http.send("POST", "/admin/privacy-requests/preview", form(type))).status
    expect([await status("extract", "access"), await status("erase", "erasure")]).toEqual([200, 200])
    expect([await status("extract", "erasure"), await status("erase", "access"), await status("view", "access")]).toEqual([403, 403, 403])
  })

  it("end with the account of the officer", async () => {
    const { id, http } = officers.approve
    expect((await ok(http.get("/admin/privacy-permissions/me"))).permissions).toEqual(["approve"])
    await store.database.rows(`UPDATE "user" SET deleted_at = now() WHERE id = $1`, [id])
    expect((await http.get("/admin/privacy-permissions/me")).body.permissions ?? []).toEqual([])
  })

  describe("to force a hold", () => {
    let customer: Customer

    beforeAll(async () => {
      customer = await newCustomer(store)
      await ok(store.officer.post(`/admin/customers/${customer.id}/legal-hold`, { reason: "Dispute" }))
    })

    const force = (http: Http) =>
      http.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email, override: ["legal_hold"], reason: "The court said so." })

    it("are not part of the permission to erase", async () => {
      const { status, body } = await force(officers.erase.http)
      expect(status).toBe(403)
      expect(body.message).toMatch(/needs the privacy permission "override"/)
      expect(await refusals(officers.erase.id)).toContainEqual({ details: { method: "POST", permission: "override", count: 1 }, customer_id: customer.id })
      expect(await store.database.rows("SELECT 1 FROM privacy_subject WHERE customer_id = $1", [customer.id])).toEqual([])
    })

    it("do not include the permission to erase", async () => {
      expect((await force(officers.override.http)).status).toBe(403)
    })
  })

  describe("of a secret API key that the option `api_keys` names", () => {
    it("are what it says, and no other key has any", async () => {
      const http = withApiKey(store.anonymous, apiKey.token)
      expect((await ok(http.get("/admin/privacy-permissions/me"))).permissions).toEqual(["view", "erase"])
      const { token } = await seedApiKey(store.databaseUrl, officers.erase.id)
      expect((await ok(withApiKey(store.anonymous, token).get("/admin/privacy-permissions/me"))).permissions).toEqual([])
      const customer = await newCustomer(store)
      const { privacy_request } = await ok(http.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email }))
      expect(await finished(store, privacy_request.id)).toMatchObject({ status: "complete", requested_by_type: "api-key" })
      expect((await http.post("/admin/privacy-profiles", {})).status).toBe(403)
      const other = await newCustomer(store)
      expect(
        (await http.post(`/admin/customers/${other.id}/anonymize`, { email: other.email, override: ["legal_hold"], reason: "x" })).status
      ).toBe(403)
    })
  })

  it("that were refused are in the audit log: the first of a kind at once with whom it was about, the others of a minute as a count", async () => {
    const { id, http } = await newAdmin(store, "curious@officers.test")
    const customer = await newCustomer(store)
    await http.get(`/admin/customers/${customer.id}/privacy`)
    await http.get("/admin/privacy-audit")
    await http.get("/admin/customers/jane.doe@example.com/privacy")
    await http.post("/admin/customers/jane.doe@example.com/anonymize", { email: customer.email })
    expect(await refusals(id)).toEqual([
      { details: { permission: "view", method: "GET", count: 1 }, customer_id: customer.id },
      { details: { permission: "erase", method: "POST", count: 1 }, customer_id: null },
    ])
    expect(await store.database.rows("SELECT untold FROM privacy_refusal WHERE actor_id = $1 AND permission = 'view'", [id])).toEqual([{ untold: 2 }])
  })
})
