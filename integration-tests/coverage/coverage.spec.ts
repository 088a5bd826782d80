import { parseOptions } from "../../src/modules/privacy/options"
import { DataMap } from "../../src/modules/privacy/data-map/data-map"
import { productReviewTable } from "../../demo/src/modules/product-review/privacy"
import { subscriptionTables } from "../../demo/src/modules/subscription/privacy"
import { storyCustomer } from "../support/customers"
import { eraseAll, openEngine, type Engine } from "../support/engine"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "coverage" })
})

afterAll(() => engine?.close())

const bind = (options: Record<string, unknown>) =>
  new DataMap(parseOptions(options, { production: false }), engine.connection).bind()

describe("the data map on the store's database", () => {
  it("knows every column that can hold words about a person", () => {
    const { coverage } = engine.environment.map
    expect(coverage.unclassified).toEqual([])
    expect(coverage.tables).toBeGreaterThan(140)
    expect(coverage.personal).toBeGreaterThan(100)
  })

  it("counts and erases the store's own table by its declaration, an account's reviews and a guest's", async () => {
    const anna = await storyCustomer(engine, "anna")
    const tina = await storyCustomer(engine, "tina")
    const count = async () => (await engine.database.row("SELECT count(*)::int AS count FROM product_review WHERE author_name <> '[erased]'")).count
    const before = await count()

    await eraseAll(engine, [anna.id, tina.id])

    expect(await count()).toBe(before - 3)
    expect(
      await engine.database.rows("SELECT footprint -> 'x' AS x, footprint FROM privacy_subject WHERE customer_id = $1", [anna.id])
    ).toMatchObject([{ footprint: expect.arrayContaining([{ kind: "reviews", count: 2 }]) }])
    const reviews = await engine.database.rows("SELECT * FROM product_review WHERE author_name = '[erased]'")
    for (const review of reviews) {
      expect(review).toMatchObject({ title: "[erased]", body: "[erased]", metadata: null, rating: expect.any(Number), product_id: expect.stringMatching(/^prod_/) })
      expect(review.author_email).toMatch(/^erased-[0-9a-f]{20}@erased\.invalid$/)
    }
  })

  it("leaves a table out whose module is not installed", async () => {
    const { entries } = await bind({ tables: [{ ...productReviewTable, table: "newsletter_sign_up" }] })
    expect(entries.map(({ name }) => name)).not.toContain("newsletter_sign_up")
  })

  it.each([
    [
      "a column the database does not have",
      { ...productReviewTable, columns: { ...productReviewTable.columns, authors_name: { category: "identity", anonymize: "null" } } },
      /"product_review\.authors_name", which the database does not\. Run the migrations, or correct the declaration of "product_review"/,
    ],
    [
      "a row path over a column the database does not have",
      { ...productReviewTable, rows: [{ column: "buyer_id", of: "customer" }] },
      /"product_review\.buyer_id", which the database does not/,
    ],
    [
      "a strategy that the column's type cannot take",
      { ...productReviewTable, columns: { ...productReviewTable.columns, rating: { category: "behaviour", anonymize: "redact" } } },
      /"product_review\.rating" is int4, and the strategy "redact" cannot be used on that/,
    ],
    [
      "a strategy for text on a JSON column",
      { ...productReviewTable, columns: { ...productReviewTable.columns, metadata: { category: "free_text", anonymize: "pseudonym" } } },
      /"product_review\.metadata" is jsonb, and the strategy "pseudonym" cannot be used on that/,
    ],
    [
      "a replacement of another type than the column's",
      { ...productReviewTable, columns: { ...productReviewTable.columns, title: { category: "free_text", anonymize: { strategy: "redact", value: true } } } },
      /"product_review\.title" is text, and the strategy "redact" cannot be used on that/,
    ],
  ])("refuses a declaration with %s", async (_, table, message) => {
    await expect(bind({ tables: [table] })).rejects.toThrow(message)
  })

  it("names a column that was added, with the declaration to write", async () => {
    await engine.database.rows("ALTER TABLE customer ADD COLUMN maiden_name text, ADD COLUMN profile_json json, ADD COLUMN shoe_size int")
    try {
      const { coverage } = await bind({ tables: [productReviewTable, ...subscriptionTables] })
      expect(coverage.unclassified).toEqual([
        { table: "customer", column: "maiden_name", type: "text", declaration: expect.stringContaining('columns: { maiden_name: { category: "free_text", anonymize: "redact" } }') },
        { table: "customer", column: "profile_json", type: "json", declaration: expect.stringContaining('anonymize: "json_scrub"') },
      ])
      const nonPersonal = await bind({ tables: [productReviewTable, ...subscriptionTables], non_personal: { customer: ["maiden_name", "profile_json"] } })
      expect(nonPersonal.coverage.unclassified).toEqual([])
    } finally {
      await engine.database.rows("ALTER TABLE customer DROP COLUMN maiden_name, DROP COLUMN profile_json, DROP COLUMN shoe_size")
    }
  })

  it.each([
    ["a column of Medusa's", "ALTER TABLE customer ADD COLUMN maiden_name text", "ALTER TABLE customer DROP COLUMN maiden_name"],
    ["a column of a link", "ALTER TABLE order_cart ADD COLUMN note text", "ALTER TABLE order_cart DROP COLUMN note"],
    ["a table by customer", "CREATE TABLE wish (id text PRIMARY KEY, customer_id text, words json)", "DROP TABLE wish"],
    ["a table by another record", "CREATE TABLE pick_up (id text PRIMARY KEY, fulfillment_id text, words text)", "DROP TABLE pick_up"],
    ["a table that leads to nobody", "CREATE TABLE shelf_note (id text PRIMARY KEY, words text)", "DROP TABLE shelf_note"],
    ["a table by address", "CREATE TABLE sign_up (id text PRIMARY KEY, email text)", "DROP TABLE sign_up"],
  ])("can be completed by exactly the declarations it suggests: %s", async (_, add, remove) => {
    await engine.database.rows(add)
    try {
      const { unclassified } = (await bind({ tables: [productReviewTable, ...subscriptionTables] })).coverage
      const pasted = unclassified.map(({ declaration }) => new Function(`return { ${declaration.split(" — ")[0]} }`)())
      // One declaration a column; several of one table want names of their own.
      const tables = pasted.flatMap(({ tables: suggested = [] }, index) =>
        suggested.map((table: { table: string; name?: string }) => ({ ...table, name: table.name ?? `${table.table}_${index}` }))
      )
      const nonPersonal = pasted.flatMap(({ non_personal = {} }) => Object.entries(non_personal as Record<string, string[]>))
      const { coverage } = await bind({
        tables: [productReviewTable, ...subscriptionTables, ...tables],
        non_personal: Object.fromEntries(nonPersonal.map(([table]) => [table, nonPersonal.filter(([name]) => name === table).flatMap(([, columns]) => columns)])),
      })
      expect(coverage.unclassified).toEqual([])
    } finally {
      await engine.database.rows(remove)
    }
  })

  it("erases an added column by the suggested declaration", async () => {
    await engine.database.rows("ALTER TABLE customer ADD COLUMN maiden_name text")
    const mia = await storyCustomer(engine, "mia")
    await engine.database.rows("UPDATE customer SET maiden_name = 'Wagnerova'")
    const [{ declaration }] = (await bind({ tables: [productReviewTable, ...subscriptionTables] })).coverage.unclassified
    const { tables } = new Function(`return { ${declaration.split(" — ")[0]} }`)()
    const map = await bind({ tables: [productReviewTable, ...subscriptionTables, ...tables] })

    const { subjects } = await eraseAll({ ...engine, environment: { ...engine.environment, map } }, [mia.id])

    expect(subjects).toMatchObject([{ status: "complete" }])
    expect(await engine.database.rows("SELECT id FROM customer WHERE maiden_name = '[erased]'")).toEqual([{ id: mia.id }])
    expect(await engine.database.row("SELECT count(*)::int AS count FROM customer WHERE maiden_name = 'Wagnerova'")).not.toEqual({ count: 0 })
  })
})
