import fs from "node:fs"
import { newCustomer } from "../support/customers"
import { delivered, erase } from "../support/requests"
import { register } from "../support/shopper"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

/** What the demo's subscriber (demo/src/subscribers/user-deleted.ts) wrote about a customer. */
const told = (id: string) =>
  fs
    .readFileSync(store.log, "utf8")
    .split("\n")
    .filter((line) => line.includes("Erased, forget elsewhere too: ") && line.includes(id))
    .map((line) => JSON.parse(JSON.parse(line).message.replace("Erased, forget elsewhere too: ", "")))

describe("the event privacy.user_deleted", () => {
  it.each(["anonymize", "delete"] as const)("comes once, after the commit, with ids and hashes only (%s)", async (method) => {
    const shopper = await register(store, { first_name: "Evita", last_name: "Eventful", phone: "+49 30 5550133" })
    const request = await erase(store, shopper, { method })
    await delivered(store, request.id)
    // A second one would come with the next look of the dispatcher.
    await new Promise((resolve) => setTimeout(resolve, 1500))

    const events = told(shopper.id)

    expect(events).toEqual([
      {
        request_id: request.id, subject_id: expect.stringMatching(/^prvsub_/), reference: request.reference, method,
        customer_ids: [shopper.id], identifier_hash: expect.stringMatching(/^k1:[0-9a-f]{64}$/), delivery_id: expect.stringMatching(/^prvdel_/),
        occurred_at: expect.any(String),
      },
    ])
    expect(JSON.stringify(events)).not.toMatch(/shopper|Evita|Eventful|5550133|@/)
  })

  it("is not sent while the erasure is not committed, nor when it was held", async () => {
    const held = await newCustomer(store)
    await store.officer.post(`/admin/customers/${held.id}/legal-hold`, { reason: "Dispute" })
    const request = await erase(store, held)
    expect(request.totals).toMatchObject({ held: 1 })

    const waiting = await newCustomer(store)
    await store.database.rows("BEGIN")
    await store.database.rows("SELECT 1 FROM customer WHERE id = $1 FOR UPDATE", [waiting.id])
    const erasure = erase(store, waiting)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(told(waiting.id)).toEqual([])
    await store.database.rows("COMMIT")

    await delivered(store, (await erasure).id)
    expect(told(held.id)).toEqual([])
    expect(told(waiting.id)).toHaveLength(1)
  })
})
