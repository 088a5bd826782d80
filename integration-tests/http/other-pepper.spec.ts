import fs from "node:fs"
import { newCustomer } from "../support/customers"
import { Database } from "../support/database"
import { ok } from "../support/http"
import { copyTemplate, startTestStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  const databaseUrl = await copyTemplate("store_other_pepper")
  const database = await Database.connect(databaseUrl)
  await database.rows("INSERT INTO privacy_key_check (id, value) VALUES ('k1', 'of another pepper')")
  await database.rows(
    `INSERT INTO privacy_request (id, reference, type, method, status, origin, requested_by_type, due_at)
     VALUES ('prvreq_waits', 'PR-WAITS', 'erasure', 'anonymize', 'pending', 'bulk', 'system', now())`
  )
  await database.close()
  store = await startTestStore({ name: "other_pepper", databaseUrl })
})

afterAll(() => store?.stop())

describe("a store that starts with another pepper than it was used with", () => {
  it("says so in its log, to officers, and in a check of the audit log", async () => {
    const said = /the pepper "k1" is not the one this store has been used with.*Put the former pepper back/
    expect(fs.readFileSync(store.log, "utf8").replace(/\\"/g, '"')).toMatch(said)
    const { permissions, notice } = await ok(store.officer.get("/admin/privacy-permissions/me"))
    expect(permissions).toHaveLength(6)
    expect(notice).toMatchObject({ code: "other_key", message: expect.stringMatching(said) })
    const { chain } = await ok(store.officer.get("/admin/privacy-audit/verify"))
    expect(chain).toMatchObject({ valid: false, broken_at: { problem: expect.stringMatching(said) } })
  })

  it("refuses requests and leaves alone what waits", async () => {
    const customer = await newCustomer(store)
    for (const answer of [
      await store.officer.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email }),
      await store.officer.post(`/admin/customers/${customer.id}/extract`, { format: "json" }),
      await store.officer.get(`/admin/customers/${customer.id}/privacy`),
    ]) {
      expect(answer.status).toBe(400)
      expect(answer.body.message).toMatch(/Requests and jobs are refused/)
    }
    expect(await store.database.row("SELECT status FROM privacy_request WHERE id = 'prvreq_waits'")).toEqual({ status: "pending" })
  })

  it("goes on selling", async () => {
    expect((await store.shop.get("/store/regions")).status).toBe(200)
  })
})
