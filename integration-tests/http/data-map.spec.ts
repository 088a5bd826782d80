import { ok } from "../support/http"
import { until } from "../support/until"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

const dataMap = async (query = "") => (await ok(store.officer.get(`/admin/privacy-data-map${query}`))).data_map

const column = (map: Awaited<ReturnType<typeof dataMap>>, entry: string, name: string) =>
  map.tables.find((table: { name: string }) => table.name === entry).columns.find((item: { name: string }) => item.name === name)

describe("GET /admin/privacy-data-map", () => {
  it("shows every table with what happens to each column under the default method", async () => {
    const map = await dataMap()
    expect(map.method).toBe("anonymize")
    expect(map.tables).toContainEqual(expect.objectContaining({ name: "product_review", table: "product_review", kind: "reviews", module: "store" }))
    expect(column(map, "order", "email")).toEqual({ name: "email", category: "contact", strategy: "pseudonym", removed: true })
    expect(column(map, "order_address", "city")).toEqual({ name: "city", category: "location", strategy: "keep", removed: false })
    expect(column(map, "provider_identity", "entity_id")).toEqual({ name: "entity_id", category: "credential", strategy: "delete_row", removed: true })
  })

  it("shows the other method's", async () => {
    const map = await dataMap("?method=delete")
    expect(column(map, "order", "customer_id")).toMatchObject({ strategy: "reassign" })
    expect(column(map, "customer", "email")).toMatchObject({ strategy: "delete_row", removed: true })
  })

  it("names the strategies with their options", async () => {
    const { strategies } = await dataMap()
    expect(strategies).toContainEqual({ name: "truncate", description: expect.any(String), options: ["length"] })
    expect(strategies.map(({ name }: { name: string }) => name)).toEqual([
      "keep", "null", "redact", "pseudonym", "generalize", "truncate", "hash", "json_keep", "json_scrub", "json_members", "reassign", "set", "delete_row",
    ])
  })

  it.each(["method=shred", "profile=x", "method="])("answers 400 to ?%s", async (query) => {
    expect((await store.officer.get(`/admin/privacy-data-map?${query}`)).status).toBe(400)
  })
})

describe("missing indexes", () => {
  const indexes = async () => (await ok(store.officer.get("/admin/privacy-data-map/indexes"))).indexes

  it("are listed, and built in the background for whoever asks", async () => {
    const before = await indexes()
    const [chosen] = before.filter(({ table }: { table: string }) => table === "notification")
    expect(chosen).toEqual({
      name: expect.stringMatching(/^IDX_privacy_notification/), table: "notification", expression: expect.stringContaining('"to"'), rows: expect.any(Number),
      covers: "all", kinds: ["communications"], statement: expect.stringMatching(/^CREATE INDEX CONCURRENTLY/), status: "missing", error: null,
    })

    const asked = await store.officer.post("/admin/privacy-data-map/indexes", { names: [chosen.name] })

    expect(asked.status).toBe(202)
    expect(asked.body.indexes.find(({ name }: { name: string }) => name === chosen.name).status).toBe("building")
    await until(async () => !(await indexes()).some(({ name }: { name: string }) => name === chosen.name))
    expect(await store.database.row("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)", [`"${chosen.name}"`])).toEqual({ indisvalid: true })
    // A second time nothing is left to do.
    expect((await ok(store.officer.post("/admin/privacy-data-map/indexes", { names: [chosen.name] }))).indexes).toEqual(await indexes())
    await store.database.rows(`DROP INDEX "${chosen.name}"`)
  })

  it("are named in a refusal", async () => {
    const { status, body } = await store.officer.post("/admin/privacy-data-map/indexes", { names: ["IDX_order_id"] })
    expect([status, body.message]).toEqual([400, expect.stringContaining("Not among the missing indexes: IDX_order_id")])
    expect((await store.officer.post("/admin/privacy-data-map/indexes", { names: [] })).status).toBe(400)
  })
})
