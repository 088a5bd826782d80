import { ok } from "../support/http"
import { delivered, erase } from "../support/requests"
import { register } from "../support/shopper"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

describe("erasing from the customer page", () => {
  it("anonymises a registered customer", async () => {
    const shopper = await register(store, { first_name: "Anna", last_name: "Canary", phone: "+49 30 1234567" })

    const request = await erase(store, shopper)

    expect(request).toMatchObject({ status: "complete", totals: { subjects: 1, complete: 1, held: 0, failed: 0 } })
    const customer = await store.database.row("SELECT * FROM customer WHERE id = $1", [shopper.id])
    expect(customer).toMatchObject({ first_name: "[erased]", last_name: "[erased]", phone: null, has_account: false })
    expect(customer.email).toMatch(/^erased-[0-9a-f]{20}@erased\.invalid$/)
    const { customers } = await ok(store.officer.get(`/admin/customers?q=${encodeURIComponent(shopper.email)}`))
    expect(customers).toEqual([])
    await delivered(store, request.id)
  })
})
