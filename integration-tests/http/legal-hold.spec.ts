import { newCustomer } from "../support/customers"
import { ok } from "../support/http"
import { erase } from "../support/requests"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

const path = ({ id }: { id: string }) => `/admin/customers/${id}/legal-hold`

describe("a legal hold", () => {
  it("holds the erasure until it is released", async () => {
    const customer = await newCustomer(store)
    const { customer_privacy } = await ok(store.officer.post(path(customer), { reason: "Dispute 12/26" }))
    expect(customer_privacy.holds).toEqual([{ code: "legal_hold", severity: "block", message: expect.stringContaining("released first"), params: { count: 1 } }])
    expect((await erase(store, customer)).totals).toMatchObject({ held: 1 })

    const released = await ok(store.officer.delete(path(customer)))

    expect(released.customer_privacy).toMatchObject({ holds: [], status: "held" })
    expect((await erase(store, customer)).totals).toMatchObject({ complete: 1 })
  })

  it("placed twice is one hold, and its place and release are in the audit log", async () => {
    const customer = await newCustomer(store)
    await ok(store.officer.post(path(customer), { reason: "Dispute" }))
    await ok(store.officer.post(path(customer), { reason: "Dispute again" }))
    await ok(store.officer.delete(path(customer)))
    expect((await store.officer.delete(path(customer))).status).toBe(404)
    const { customer_privacy } = await ok(store.officer.get(`/admin/customers/${customer.id}/privacy`))
    expect(customer_privacy.timeline.map(({ action }: { action: string }) => action)).toEqual(["legal_hold.released", "legal_hold.placed"])
  })

  it("answers 404 for nobody", async () => {
    expect((await store.officer.post("/admin/customers/cus_none/legal-hold", { reason: "x" })).status).toBe(404)
    expect((await store.officer.delete("/admin/customers/cus_none/legal-hold")).status).toBe(404)
  })

  it.each([{}, { reason: " " }, { reason: "x", until: "2030" }, undefined])("answers 400 to %j", async (body) => {
    const customer = await newCustomer(store)
    expect((await store.officer.post(path(customer), body)).status).toBe(400)
  })
})
