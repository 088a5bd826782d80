import { newCustomer } from "../support/customers"
import { Database } from "../support/database"
import { extract, openArchives, parsed } from "../support/extracts"
import { ok } from "../support/http"
import { erase, finished } from "../support/requests"
import { register } from "../support/shopper"
import { copyTemplate, startTestStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  const databaseUrl = await copyTemplate("store_without_loyalty")
  const database = await Database.connect(databaseUrl)
  // As it is where the plugin was never installed: none of its tables, none of its links.
  const tables = await database.rows<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname ~ 'loyalty|store_credit|gift_card' AND relname NOT LIKE 'privacy%'"
  )
  expect(tables.length).toBeGreaterThan(4)
  await database.rows(`DROP TABLE ${tables.map(({ name }) => `"${name}"`).join(", ")} CASCADE`)
  await database.close()
  store = await startTestStore({ name: "without_loyalty", databaseUrl, env: { DEMO_WITHOUT_LOYALTY: "1" } })
})

afterAll(() => store?.stop())

describe("a store without the loyalty plugin", () => {
  it("has no part of it", async () => {
    expect((await store.officer.get("/admin/gift-cards")).status).toBe(404)
    const { data_map } = await ok(store.officer.get("/admin/privacy-data-map"))
    expect(data_map.tables.filter(({ module }: { module: string }) => module === "loyalty")).toEqual([])
  })

  it.each(["anonymize", "delete"] as const)("shows, extracts and erases a customer (%s)", async (method) => {
    const shopper = await register(store, { first_name: "Carla", last_name: "Canary" })
    const before = (await ok(store.officer.get(`/admin/customers/${shopper.id}/privacy`))).customer_privacy
    expect(before).toMatchObject({ status: "active", value: [], holds: [], footprint: expect.arrayContaining([{ kind: "customers", count: 1 }]) })

    const request = await extract(store, shopper.id)
    expect(request).toMatchObject({ status: "complete", totals: { complete: 1 } })
    const [archive] = await openArchives(store, request.id)
    expect(parsed(archive.get("carla_canary.json")).data).toMatchObject({ customers: [{ email: shopper.email }] })

    expect(await erase(store, shopper, { method })).toMatchObject({ status: "complete", totals: { complete: 1 } })
    expect((await ok(store.officer.get(`/admin/customers/${shopper.id}/privacy`))).customer_privacy.status).toBe("erased")
    expect(await store.database.rows("SELECT 1 FROM customer WHERE email = $1 OR last_name = 'Canary'", [shopper.email])).toEqual([])
    expect((await shopper.http.get("/store/customers/me")).status).toBe(401)
  })

  it("previews and works off a list", async () => {
    const people = await Promise.all([newCustomer(store), newCustomer(store)])
    const list = { type: "erasure", identifier_type: "email", identifiers: people.map(({ email }) => email) }
    const { preview } = await ok(store.officer.post("/admin/privacy-requests/preview", list))
    expect(preview).toMatchObject({ matched: 2, held: [] })
    const { privacy_request } = await ok(store.officer.post("/admin/privacy-requests", { ...list, plan_hash: preview.plan_hash, confirm: 2 }))
    expect(await finished(store, privacy_request.id)).toMatchObject({ status: "complete", totals: { complete: 2 } })
  })
})
