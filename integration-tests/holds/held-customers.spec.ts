import { newCustomer, storyCustomer, type Customer } from "../support/customers"
import { fingerprint } from "../support/fingerprint"
import { ok } from "../support/http"
import { erase } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await startTestStore({
    name: "holds",
    // Orders of the seed lie in the past; one test makes a customer with an order of today.
    options: { holds: { draft_order: "block", retention_period: "block" }, retention_days: 1 },
  })
})

afterAll(() => store?.stop())

const orderOf = async ({ id }: Customer) => store.database.row<{ id: string }>(`SELECT id FROM "order" WHERE customer_id = $1`, [id])

/** Brings a customer into a state, by the admin API where the seed has nobody in it. */
const STATES: Record<string, () => Promise<Customer>> = {
  open_order: () => storyCustomer(store, "chloe"),
  unpaid_order: () => storyCustomer(store, "ben"),
  refund_due: () => storyCustomer(store, "greta"),
  open_return: () => storyCustomer(store, "felix"),
  open_claim: () => storyCustomer(store, "jack"),
  open_exchange: () => storyCustomer(store, "karla"),
  draft_order: () => storyCustomer(store, "liam"),
  open_fulfillment: async () => {
    const customer = await storyCustomer(store, "rosa")
    const other = await store.database.row<Customer & { order_id: string }>(
      `SELECT c.id, c.email, o.id AS order_id FROM customer AS c JOIN "order" AS o ON o.customer_id = c.id
       WHERE c.deleted_at IS NULL AND c.email NOT LIKE 'chloe%' AND o.status = 'pending' AND o.version = 1 AND NOT o.is_draft_order
         AND EXISTS (SELECT 1 FROM order_summary AS s WHERE s.order_id = o.id AND (s.totals ->> 'pending_difference')::numeric = 0)
         AND EXISTS (SELECT 1 FROM order_item AS i JOIN order_line_item AS l ON l.id = i.item_id WHERE i.order_id = o.id AND l.requires_shipping) LIMIT 1`
    )
    expect(customer.id).not.toBe(other.id)
    const { order } = await ok(store.officer.get(`/admin/orders/${other.order_id}?fields=id,*items`))
    const items = order.items.map(({ id, quantity }: { id: string; quantity: number }) => ({ id, quantity }))
    await ok(store.officer.post(`/admin/orders/${other.order_id}/fulfillments`, { items }))
    return other
  },
  open_order_change: async () => {
    const customer = await storyCustomer(store, "emma")
    await ok(store.officer.post("/admin/order-edits", { order_id: (await orderOf(customer)).id }))
    return customer
  },
  retention_period: async () => {
    const customer = await newCustomer(store)
    await store.database.rows(
      `INSERT INTO "order" (id, currency_code, customer_id, email, status) VALUES ('order_today', 'eur', $1, $2, 'completed')`,
      [customer.id, customer.email]
    )
    return customer
  },
  legal_hold: async () => {
    const customer = await newCustomer(store)
    await ok(store.officer.post(`/admin/customers/${customer.id}/legal-hold`, { reason: "Dispute" }))
    return customer
  },
}

const anonymize = (customer: Customer, choices: Record<string, unknown> = {}) => erase(store, customer, choices)

describe.each(Object.keys(STATES))("the rule %s", (code) => {
  let customer: Customer
  let named: { code: string; severity: string; message: string }[]

  beforeAll(async () => {
    customer = await STATES[code]()
    named = (await ok(store.officer.get(`/admin/customers/${customer.id}/privacy`))).customer_privacy.holds
  })

  it("is named on the customer page, with what to do", () => {
    expect(named).toContainEqual({ code, severity: "block", message: expect.stringMatching(/^(\d+ |Money|A legal hold).*\.$/), params: expect.objectContaining({ count: expect.any(Number) }) })
  })

  it("is named in the preview of a list, word for word", async () => {
    const { preview } = await ok(store.officer.post("/admin/privacy-requests/preview", { type: "erasure", identifier_type: "customer_id", identifiers: [customer.id] }))
    expect(preview).toMatchObject({ matched: 0, subjects: 1, held: [{ line: 1, customer_id: customer.id, identifier: customer.id }] })
    expect(preview.held[0].holds).toEqual(named)
  })

  it("holds the erasure: the subject is held by name and not one byte of the shop changed", async () => {
    const before = await fingerprint(store.database)

    const request = await anonymize(customer)

    expect(request).toMatchObject({ status: "complete", totals: { held: 1, complete: 0, failed: 0 } })
    const { subjects } = await ok(store.officer.get(`/admin/privacy-requests/${request.id}/subjects`))
    expect(subjects).toMatchObject([{ status: "held", holds: expect.arrayContaining([expect.objectContaining({ code, overridden: false })]) }])
    expect((await ok(store.officer.get(`/admin/customers/${customer.id}/privacy`))).customer_privacy.status).toBe("held")
    expect(await store.database.rows("SELECT 1 FROM privacy_ledger_entry WHERE customer_id = $1", [customer.id])).toEqual([])
    const after = await fingerprint(store.database)
    // The store itself goes on keeping its own books.
    for (const table of ["workflow_execution", "locking", "search_index_sync", "index_sync", "index_metadata"]) {
      delete before[table]
      delete after[table]
    }
    expect(after).toEqual(before)
  })

  it("gives way only to an override of every block, with a reason, which is audited", async () => {
    const codes = named.map((hold) => hold.code)
    if (codes.length > 1) {
      const part = await anonymize(customer, { override: [code], reason: "Only one of them." })
      expect(part.totals).toMatchObject({ held: 1 })
    }

    const request = await anonymize(customer, { override: codes, reason: "Settled by letter." })

    expect(request).toMatchObject({ status: "complete", reason: "Settled by letter.", overrides: codes, totals: { complete: 1, held: 0 } })
    const { subjects } = await ok(store.officer.get(`/admin/privacy-requests/${request.id}/subjects`))
    expect(subjects[0].holds.map((hold: { code: string; overridden: boolean }) => [hold.code, hold.overridden])).toEqual(codes.map((name) => [name, true]))
    const audit = await store.database.rows("SELECT action, details FROM privacy_audit_entry WHERE request_id = $1 ORDER BY created_at", [request.id])
    expect(audit).toContainEqual({ action: "hold.overridden", details: { holds: codes } })
    expect(audit).toContainEqual({ action: "erasure.completed", details: expect.objectContaining({ holds: codes, overridden: codes }) })
  })
})
