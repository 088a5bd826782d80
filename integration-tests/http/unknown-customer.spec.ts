import { newCustomer } from "../support/customers"
import { ok } from "../support/http"
import { erase } from "../support/requests"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore
let unknown: { id: string; email: string }

beforeAll(async () => {
  store = await sharedStore()
  await erase(store, await newCustomer(store), { method: "delete" })
  unknown = await store.database.row("SELECT id, email FROM customer WHERE email = 'unknown-customer@erased.invalid'")
})

afterAll(() => store.stop())

describe("the Unknown Customer, under whom deleted customers' orders stand", () => {
  it("is one record, however many were deleted", async () => {
    await Promise.all([1, 2, 3].map(async () => erase(store, await newCustomer(store), { method: "delete" })))
    expect(await store.database.rows("SELECT 1 FROM customer WHERE email = $1", [unknown.email])).toHaveLength(1)
  })

  it("shows as protected", async () => {
    const { customer_privacy } = await ok(store.officer.get(`/admin/customers/${unknown.id}/privacy`))
    expect(customer_privacy).toMatchObject({ status: "protected", footprint: [], holds: [] })
  })

  it.each([
    ["be anonymised", (id: string) => store.officer.post(`/admin/customers/${id}/anonymize`, { email: unknown.email })],
    ["be deleted", (id: string) => store.officer.post(`/admin/customers/${id}/anonymize`, { email: unknown.email, method: "delete" })],
    ["be removed by Medusa's own route", (id: string) => store.officer.delete(`/admin/customers/${id}`)],
    ["be renamed", (id: string) => store.officer.post(`/admin/customers/${id}`, { email: "known@example.com" })],
  ])("cannot %s", async (_, attempt) => {
    const before = await store.database.row("SELECT * FROM customer WHERE id = $1", [unknown.id])
    const { status, body } = await attempt(unknown.id)
    expect(status).toBe(400)
    expect(body.message).toMatch(/^The Unknown Customer holds the orders of deleted customers and cannot be/)
    expect(await store.database.row("SELECT * FROM customer WHERE id = $1", [unknown.id])).toEqual(before)
  })

  it("leaves other customers' routes alone", async () => {
    const customer = await newCustomer(store)
    expect((await store.officer.post(`/admin/customers/${customer.id}`, { first_name: "Clara" })).status).toBe(200)
    expect((await store.officer.delete(`/admin/customers/${customer.id}`)).status).toBe(200)
  })
})
