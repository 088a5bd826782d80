import { newCustomer, storyCustomer } from "../support/customers"
import { ok } from "../support/http"
import { erase } from "../support/requests"
import { register } from "../support/shopper"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

const privacyOf = async (id: string) => (await ok(store.officer.get(`/admin/customers/${id}/privacy`))).customer_privacy

describe("GET /admin/customers/:id/privacy", () => {
  it("tells what there is of a customer, in the agreed shape", async () => {
    const anna = await storyCustomer(store, "anna")

    const privacy = await privacyOf(anna.id)

    expect(Object.keys(privacy).sort()).toEqual([
      "active_extract", "active_request", "active_subject", "archive", "customer_id", "footprint", "holds", "kept", "retention", "status", "subscriptions", "timeline", "value",
    ])
    expect(privacy).toMatchObject({ customer_id: anna.id, status: "active", active_request: null, subscriptions: [], holds: [] })
    expect(privacy.value).toEqual([{ currency_code: "eur", store_credit: 42.5, gift_cards: 0 }])
    expect(privacy.kept.length).toBeGreaterThan(0)
    for (const { kind, reason } of privacy.kept) {
      expect([kind, reason]).toEqual([expect.any(String), expect.any(String)])
    }
    const kinds = Object.fromEntries(privacy.footprint.map(({ kind, count }: { kind: string; count: number }) => [kind, count]))
    expect(kinds).toMatchObject({ customers: 1, orders: 2, reviews: 2, groups: 2 })
    expect(Object.values(kinds).every((count) => Number(count) > 0)).toBe(true)
  })

  it("names a hold with code, severity and a message that says what to do", async () => {
    const ben = await storyCustomer(store, "ben")
    const { holds } = await privacyOf(ben.id)
    expect(holds).toContainEqual({ code: "unpaid_order", severity: "block", message: expect.stringMatching(/^1 order is not fully paid\. Capture/), params: { count: 1 } })
  })

  it("shows value per currency", async () => {
    const yara = await storyCustomer(store, "yara")
    const { value } = await privacyOf(yara.id)
    expect(value.sort((a: { currency_code: string }, b: { currency_code: string }) => a.currency_code.localeCompare(b.currency_code))).toEqual([
      { currency_code: "eur", store_credit: 18, gift_cards: 0 },
      { currency_code: "usd", store_credit: 9.9, gift_cards: 0 },
    ])
  })

  it("reads only: nothing of the customer changes and nothing is filed", async () => {
    const customer = await newCustomer(store)
    const before = await store.database.row("SELECT * FROM customer WHERE id = $1", [customer.id])
    await privacyOf(customer.id)
    expect(await store.database.row("SELECT * FROM customer WHERE id = $1", [customer.id])).toEqual(before)
    expect(await store.database.rows("SELECT 1 FROM privacy_subject WHERE customer_id = $1", [customer.id])).toEqual([])
  })

  it.each(["anonymize", "delete"] as const)("knows a customer that was erased (%s) and who asked for it", async (method) => {
    const customer = await newCustomer(store)
    const request = await erase(store, customer, { method })

    const privacy = await privacyOf(customer.id)

    expect(privacy).toMatchObject({ status: "erased", footprint: [], value: [], holds: [], active_request: { id: request.id, reference: request.reference } })
    expect(privacy.timeline.map(({ action }: { action: string }) => action)).toEqual(["erasure.completed", "erasure.requested"])
    expect(privacy.timeline[1]).toEqual({
      id: expect.any(String), action: "erasure.requested", at: expect.any(String), actor: expect.stringContaining("@"),
      message: "erasure.requested", request_id: request.id,
    })
    expect(JSON.stringify(privacy)).not.toContain(customer.email)
  })

  it("answers 404 for a customer that never was", async () => {
    const { status, body } = await store.officer.get("/admin/customers/cus_nobody/privacy")
    expect(status).toBe(404)
    expect(body).toMatchObject({ type: "not_found", message: expect.stringContaining("cus_nobody") })
  })

  it("answers 401 to nobody and to a customer", async () => {
    const shopper = await register(store)
    expect((await store.anonymous.get(`/admin/customers/${shopper.id}/privacy`)).status).toBe(401)
    expect((await shopper.http.get(`/admin/customers/${shopper.id}/privacy`)).status).toBe(401)
  })
})
