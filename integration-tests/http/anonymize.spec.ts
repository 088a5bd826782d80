import { newCustomer, type Customer } from "../support/customers"
import { ok } from "../support/http"
import { erase, finished } from "../support/requests"
import { newEmail, register } from "../support/shopper"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore
let customer: Customer

beforeAll(async () => {
  store = await sharedStore()
  customer = await newCustomer(store)
})

afterAll(() => store.stop())

const anonymize = (id: string, body?: unknown) => store.officer.post(`/admin/customers/${id}/anonymize`, body)

const rowOf = ({ id }: Customer) => store.database.row("SELECT * FROM customer WHERE id = $1", [id])
const subjectsOf = ({ id }: Customer) => store.database.rows("SELECT id, status FROM privacy_subject WHERE customer_id = $1", [id])

describe("POST /admin/customers/:id/anonymize", () => {
  it("answers 202 with the request and erases in the background", async () => {
    const other = await newCustomer(store)

    const { status, body } = await anonymize(other.id, { email: other.email })

    expect(status).toBe(202)
    expect(body.privacy_request).toMatchObject({
      id: expect.stringMatching(/^prvreq_/), reference: expect.stringMatching(/^PR-[2-9A-HJ-NP-Z]{8}$/), type: "erasure", method: "anonymize",
      origin: "customer_page", requested_by_type: "user", reason: null, overrides: [], profile_id: null,
      totals: { subjects: 1 },
    })
    const days = (Date.parse(body.privacy_request.due_at) - Date.parse(body.privacy_request.created_at)) / 86_400_000
    expect(days).toBeCloseTo(30, 3)
    expect(await finished(store, body.privacy_request.id)).toMatchObject({ status: "complete", totals: { complete: 1 } })
  })

  it("takes the address in other casing, with blanks around it and in another Unicode form", async () => {
    const other = await newCustomer(store)
    const email = newEmail("rené")
    await store.database.rows("UPDATE customer SET email = $2 WHERE id = $1", [other.id, email])
    const { status } = await anonymize(other.id, { email: `  ${email.toUpperCase().normalize("NFD")}\u00A0\n` })
    expect(status).toBe(202)
  })

  it("works for a registered customer as for a guest", async () => {
    const shopper = await register(store)
    expect((await erase(store, shopper)).totals).toMatchObject({ complete: 1 })
  })

  const long = "x".repeat(2001)
  it.each<[string, (own: Customer) => unknown, RegExp]>([
    ["another address", () => ({ email: "somebody.else@example.com" }), /does not match this customer's/],
    ["a part of the address", ({ email }) => ({ email: email.slice(0, -4) }), /does not match/],
    ["an address with dots left out", ({ email }) => ({ email: email.replace(".", "") }), /does not match/],
    ["an empty address", () => ({ email: "" }), /email/],
    ["blanks for an address", () => ({ email: "   " }), /email/],
    ["a number for an address", () => ({ email: 7 }), /email/],
    ["no body", () => undefined, /email/],
    ["an empty body", () => ({}), /email/],
    ["a list", () => [], /./],
    ["malformed JSON", () => '{"email": ', /JSON/i],
    ["an unknown field", ({ email }) => ({ email, force: true }), /force/],
    ["an unknown method", ({ email }) => ({ email, method: "shred" }), /method/],
    ["an unknown profile", ({ email }) => ({ email, profile_id: "prvpro_none" }), /prvpro_none.*GET \/admin\/privacy-profiles/],
    ["an unknown hold code", ({ email }) => ({ email, override: ["open_oder"], reason: "It is settled." }), /override/],
    ["an override without a reason", ({ email }) => ({ email, override: ["open_order"] }), /needs a written reason/],
    ["an override with a reason of blanks", ({ email }) => ({ email, override: ["open_order"], reason: "  " }), /needs a written reason/],
    ["a reason with the address in it", ({ email }) => ({ email, reason: `Asked by ${email.toUpperCase()} by phone` }), /leave the customer's e-mail address out/],
    ["a reason without end", ({ email }) => ({ email, reason: long }), /reason/],
  ])("answers 400 to %s, and nothing happens", async (_, body, message) => {
    const before = await rowOf(customer)

    const answer = await anonymize(customer.id, body(customer))

    expect(answer.status).toBe(400)
    expect(answer.body.message).toMatch(message)
    expect(answer.body.message).not.toContain(customer.email)
    expect(await rowOf(customer)).toEqual(before)
    expect(await subjectsOf(customer)).toEqual([])
  })

  it("answers 401 to nobody and to the customer herself", async () => {
    const shopper = await register(store)
    expect((await store.anonymous.post(`/admin/customers/${shopper.id}/anonymize`, { email: shopper.email })).status).toBe(401)
    expect((await shopper.http.post(`/admin/customers/${shopper.id}/anonymize`, { email: shopper.email })).status).toBe(401)
    expect(await subjectsOf(shopper)).toEqual([])
  })

  it("answers 404 for a customer that never was", async () => {
    expect((await anonymize("cus_nobody", { email: customer.email })).status).toBe(404)
  })

  it.each(["anonymize", "delete"] as const)("answers 409 in plain words when the customer was erased before (%s)", async (method) => {
    const other = await newCustomer(store)
    await erase(store, other, { method })

    const { status, body } = await anonymize(other.id, { email: other.email })

    expect(status).toBe(409)
    expect(body).toEqual({ type: "conflict", message: "This customer's data was already erased." })
    expect(await subjectsOf(other)).toHaveLength(1)
  })

  it("answers 409 while an erasure is under way", async () => {
    const other = await newCustomer(store)
    const blocker = await store.database.rows("BEGIN").then(() => store.database.rows("SELECT 1 FROM customer WHERE id = $1 FOR UPDATE", [other.id]))
    expect(blocker).toHaveLength(1)
    try {
      const { privacy_request } = await ok(anonymize(other.id, { email: other.email }))
      const { status, body } = await anonymize(other.id, { email: other.email })
      expect(status).toBe(409)
      expect(body.message).toBe("An erasure of this customer is already under way.")
      const { customer_privacy } = await ok(store.officer.get(`/admin/customers/${other.id}/privacy`))
      expect(customer_privacy).toMatchObject({ status: "running", active_request: { id: privacy_request.id } })
      await store.database.rows("COMMIT")
      expect(await finished(store, privacy_request.id)).toMatchObject({ status: "complete" })
    } finally {
      await store.database.rows("ROLLBACK")
    }
  })

  it("takes ten clicks at once for one", async () => {
    const other = await newCustomer(store)

    const answers = await Promise.all(Array.from({ length: 10 }, () => anonymize(other.id, { email: other.email })))

    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array(9).fill(409)])
    const accepted = answers.find(({ status }) => status === 202)
    await finished(store, accepted?.body.privacy_request.id)
    expect(await subjectsOf(other)).toEqual([{ id: expect.any(String), status: "complete" }])
    expect(await store.database.rows("SELECT 1 FROM privacy_ledger_entry WHERE customer_id = $1", [other.id])).toHaveLength(1)
    expect(
      await store.database.rows("SELECT 1 FROM privacy_audit_entry WHERE customer_id = $1 AND action = 'erasure.completed'", [other.id])
    ).toHaveLength(1)
  })
})
