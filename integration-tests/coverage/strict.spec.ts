import { readFileSync } from "node:fs"
import { newCustomer } from "../support/customers"
import { ok } from "../support/http"
import { copyTemplate, startTestStore, type TestStore } from "../support/test-store"
import { Database } from "../support/database"

let store: TestStore

beforeAll(async () => {
  const databaseUrl = await copyTemplate("store_strict")
  const database = await Database.connect(databaseUrl)
  await database.rows("ALTER TABLE customer ADD COLUMN maiden_name text")
  await database.close()
  store = await startTestStore({ name: "strict", databaseUrl, options: { strict: true } })
})

afterAll(() => store?.stop())

describe("a column nobody has classified", () => {
  it("is named by the data map and in the log", async () => {
    const { data_map } = await ok(store.officer.get("/admin/privacy-data-map"))
    expect(data_map.coverage.unclassified).toEqual([
      { table: "customer", column: "maiden_name", type: "text", declaration: expect.stringContaining("tables: [{") },
    ])
    expect(readFileSync(store.log, "utf8")).toMatch(/Privacy data map: \d+ tables.*1 not classified: customer\.maiden_name/)
  })

  it("stops every erasure in strict mode, with the declaration to add", async () => {
    const customer = await newCustomer(store)
    const before = await store.database.row("SELECT * FROM customer WHERE id = $1", [customer.id])

    const { status, body } = await store.officer.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email })

    expect(status).toBe(400)
    expect(body.message).toMatch(
      /^Strict mode: 1 column is not classified, the first is "customer\.maiden_name"\. Nothing was erased\. Add to the plugin options: tables: \[\{ table: "customer"/
    )
    expect(await store.database.row("SELECT * FROM customer WHERE id = $1", [customer.id])).toEqual(before)
    expect(await store.database.rows("SELECT 1 FROM privacy_subject WHERE customer_id = $1", [customer.id])).toEqual([])
  })

  it("still lets everything be looked at", async () => {
    const customer = await newCustomer(store)
    expect((await store.officer.get(`/admin/customers/${customer.id}/privacy`)).status).toBe(200)
  })
})

describe("a request that was filed before the column came", () => {
  it("is neither taken up again nor worked off", async () => {
    const customer = await newCustomer(store)
    const file = async (name: string, request: string, subject: string) => {
      await store.database.rows(
        `INSERT INTO privacy_request (id, reference, type, method, status, origin, requested_by_type, due_at)
         VALUES ($1, $1, 'erasure', 'anonymize', $2, 'customer_page', 'user', now())`,
        [`prvreq_${name}`, request]
      )
      await store.database.rows(
        `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier_hash, identifier_redacted, pseudonym, status)
         VALUES ($1, $2, $3, 'customer_id', 'k1:x', 'c***', 'erased-before', $4)`,
        [`prvsub_${name}`, `prvreq_${name}`, customer.id, subject]
      )
    }
    await file("held", "complete", "held")
    const { status, body } = await store.officer.post("/admin/privacy-requests/prvreq_held/retry")
    expect([status, body.message]).toEqual([400, expect.stringMatching(/^Strict mode: 1 column is not classified/)])

    // What a worker finds when it looks for open requests.
    await file("open", "pending", "pending")
    store.kill("SIGTERM")
    const again = await startTestStore({ name: "strict", databaseUrl: store.databaseUrl, options: { strict: true } })
    try {
      const request = () => again.database.row("SELECT status, error FROM privacy_request WHERE id = 'prvreq_open'")
      const until = Date.now() + 20_000
      while ((await request()).status !== "stopped") {
        expect(Date.now()).toBeLessThan(until)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      expect((await request()).error).toMatch(/^Strict mode: 1 column is not classified/)
      expect(await again.database.rows("SELECT status FROM privacy_subject ORDER BY id")).toEqual([{ status: "held" }, { status: "pending" }])
      expect(await again.database.row("SELECT first_name FROM customer WHERE id = $1", [customer.id])).toEqual({ first_name: "Carla" })
    } finally {
      await again.stop()
    }
  })
})
