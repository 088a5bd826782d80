import { newApiKey } from "../support/admins"
import { newCustomer } from "../support/customers"
import { ok } from "../support/http"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

describe("a secret API key", () => {
  it("may do nothing here unless the options say so", async () => {
    const http = await newApiKey(store)
    const customer = await newCustomer(store)
    expect((await ok(http.get("/admin/privacy-permissions/me"))).permissions).toEqual([])
    expect((await http.get(`/admin/customers/${customer.id}/privacy`)).status).toBe(403)
    expect((await http.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email })).status).toBe(403)
    expect(
      await store.database.rows("SELECT actor_type, details FROM privacy_audit_entry WHERE customer_id = $1 ORDER BY created_at", [customer.id])
    ).toEqual([
      { actor_type: "api-key", details: { permission: "view", method: "GET", count: 1 } },
      { actor_type: "api-key", details: { permission: "erase", method: "POST", count: 1 } },
    ])
  })
})
