import { newCustomer } from "../support/customers"
import { sharedStore, type TestStore } from "../support/test-store"
import { erase } from "../support/requests"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

/** The demo's demo/src/workflows/hooks/veto-contract-customers.ts. */
describe("a handler of the hook `validate`", () => {
  it("vetoes an erasure with its own words, and nothing changes", async () => {
    const customer = await newCustomer(store, { metadata: { contract_until: "2999-12-31" } })
    const before = await store.database.row("SELECT * FROM customer WHERE id = $1", [customer.id])

    const { status, body } = await store.officer.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email })

    expect(status).toBe(400)
    expect(body).toMatchObject({ type: "not_allowed", message: "This customer has a contract until 2999-12-31. End the contract first, then erase." })
    expect(await store.database.row("SELECT * FROM customer WHERE id = $1", [customer.id])).toEqual(before)
    for (const table of ["privacy_subject", "privacy_ledger_entry", "privacy_audit_entry"]) {
      expect(await store.database.rows(`SELECT 1 FROM ${table} WHERE customer_id = $1`, [customer.id])).toEqual([])
    }
  })

  it("lets those pass it has nothing against", async () => {
    const customer = await newCustomer(store, { metadata: { contract_until: "2001-01-01" } })
    expect((await erase(store, customer)).totals).toMatchObject({ complete: 1 })
  })
})
