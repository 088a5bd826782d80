import path from "node:path"
import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import { productReviewTable } from "../../demo/src/modules/product-review/privacy"
import { subscriptionTables } from "../../demo/src/modules/subscription/privacy"
import { DataMap } from "../../src/modules/privacy/data-map/data-map"
import { medusaTables } from "../../src/modules/privacy/data-map/tables"
import { parseOptions } from "../../src/modules/privacy/options"
import { createDatabase } from "../support/test-store"

const MEDUSA_TABLES = medusaTables(parseOptions({}, { production: false }))

let connection: Knex

/** Migrated with every optional module of this Medusa version. Nothing is seeded: it is about the schema alone. */
beforeAll(async () => {
  const databaseUrl = await createDatabase("store_every_module")
  const { migrateDatabase } = await import("../../scripts/lib/demo-store.mjs" as string)
  await migrateDatabase({ databaseUrl, env: { DEMO_RBAC: "1" }, log: path.resolve(".test/migrate-every-module.log") })
  connection = knex({ client: "pg", connection: databaseUrl, pool: { min: 0, max: 2 } })
})

afterAll(() => connection?.destroy())

describe("a store with every optional module", () => {
  it("has no column that the data map does not know, and the map names none that is not there", async () => {
    const { coverage, schema, entries } = await new DataMap(parseOptions({ tables: [productReviewTable, ...subscriptionTables] }, { production: false }), connection).bind()
    for (const table of ["rbac_role", "translation", "index_data", "search_index", "loyalty_gift_card", "store_credit_account"]) {
      expect([table, schema.has(table)]).toEqual([table, true])
    }
    expect(coverage.unclassified).toEqual([])
    // Nothing in the map waits for a table that this version does not have.
    const bound = new Set(entries.map(({ table }) => table))
    expect(MEDUSA_TABLES.filter(({ table }) => !bound.has(table)).map(({ table }) => table)).toEqual([])
  })
})
