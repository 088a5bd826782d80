import { newCustomer } from "../support/customers"
import { ok } from "../support/http"
import { erase, finished } from "../support/requests"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

describe("a hold", () => {
  it("that appears between the click and the work is enforced inside the transaction", async () => {
    const customer = await newCustomer(store)
    await store.database.rows("BEGIN")
    await store.database.rows("SELECT 1 FROM customer WHERE id = $1 FOR UPDATE", [customer.id])
    const { privacy_request } = await ok(store.officer.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email }))
    // Somebody places it while the erasure waits for the row.
    await store.database.rows(
      "INSERT INTO privacy_legal_hold (id, customer_id, reason) VALUES ($1, $2, 'Dispute')",
      [`prvhold_${customer.id}`, customer.id]
    )
    await store.database.rows("COMMIT")

    expect(await finished(store, privacy_request.id)).toMatchObject({ totals: { held: 1, complete: 0 } })
    expect(await store.database.row("SELECT first_name, deleted_at FROM customer WHERE id = $1", [customer.id])).toEqual({
      first_name: "Carla", deleted_at: null,
    })
  })

  it("that is gone lets a retry erase, once, and the waiting address with it", async () => {
    const customer = await newCustomer(store)
    await ok(store.officer.post(`/admin/customers/${customer.id}/legal-hold`, { reason: "Dispute" }))
    const request = await erase(store, customer)
    expect(await store.database.row("SELECT identifier FROM privacy_subject WHERE request_id = $1", [request.id])).toEqual({ identifier: customer.email })
    const retry = () => store.officer.post(`/admin/privacy-requests/${request.id}/retry`)

    expect((await retry()).status).toBe(202)
    expect((await finished(store, request.id)).totals).toMatchObject({ held: 1 })
    await ok(store.officer.delete(`/admin/customers/${customer.id}/legal-hold`))
    const answers = await Promise.all([retry(), retry(), retry()])

    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409])
    expect((await finished(store, request.id)).totals).toMatchObject({ complete: 1, held: 0 })
    expect(await store.database.row("SELECT identifier, holds FROM privacy_subject WHERE request_id = $1", [request.id])).toEqual({
      identifier: null, holds: [],
    })
    expect(await store.database.rows("SELECT 1 FROM privacy_ledger_entry WHERE customer_id = $1", [customer.id])).toHaveLength(1)
    expect((await retry()).status).toBe(409)
  })

  it("of one customer does not hold another", async () => {
    const [held, free] = [await newCustomer(store), await newCustomer(store)]
    await ok(store.officer.post(`/admin/customers/${held.id}/legal-hold`, { reason: "Dispute" }))
    const [one, two] = await Promise.all([erase(store, held), erase(store, free)])
    expect([one.totals.held, two.totals.complete]).toEqual([1, 1])
  })
})
