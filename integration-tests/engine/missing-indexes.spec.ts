import { findMissingIndexes, type MissingIndex } from "../../src/modules/privacy/data-map/missing-indexes"
import { openEngine, type Engine } from "../support/engine"

let engine: Engine
let missing: MissingIndex[]

const find = () => engine.transaction((session) => findMissingIndexes(session, engine.environment.map.entries))
const of = (table: string, part: string) => missing.find((index) => index.table === table && index.expression.includes(part))

beforeAll(async () => {
  engine = await openEngine({ name: "missing_indexes" })
  missing = await find()
})

afterAll(() => engine?.close())

describe("the indexes the plugin offers", () => {
  it("name every way Medusa has no index for", () => {
    expect(of("notification", '"to"')?.statement).toMatch(
      /^CREATE INDEX CONCURRENTLY IF NOT EXISTS "IDX_privacy_notification_to_email_form" ON "notification" \(\(\(CASE .*"to".*\)\)\)$/
    )
    expect(of("order", '"email"')).toMatchObject({ rows: "all", entries: ["order"] })
    expect(of("auth_identity", "app_metadata")?.statement).toContain(`(("app_metadata" #>> '{customer_id}'))`)
    expect(of("loyalty_gift_card", "line_item_id")?.rows).toBe("all")
  })

  it("cover only the soft-deleted rows where Medusa's own index covers the live ones", () => {
    expect(of("store_credit_account", "customer_id")).toMatchObject({ rows: "deleted" })
    expect(of("store_credit_account", "customer_id")?.statement).toMatch(/ WHERE deleted_at IS NOT NULL$/)
  })

  it("leave out what Medusa has indexed", () => {
    expect(of("customer_address", "customer_id")?.rows).not.toBe("all")
    expect(of("notification", "receiver_id")).toBeUndefined()
    expect(missing.filter(({ expression }) => expression === '"id"')).toEqual([])
  })

  it("say of tables searched by content that no index helps", () => {
    expect(of("view_configuration", "configuration")).toMatchObject({ name: null, statement: null })
  })

  it("have names of their own that Postgres does not cut off", () => {
    const names = missing.flatMap(({ name }) => name ?? [])
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => name.length > 63)).toEqual([])
  })

  it("are what was missing: once they are there, none is", async () => {
    for (const { statement } of missing) {
      if (statement) {
        await engine.database.rows(statement)
      }
    }
    // An index on an expression has no statistics before.
    await engine.database.rows("ANALYZE")
    expect((await find()).filter(({ statement }) => statement)).toEqual([])
  })
})
