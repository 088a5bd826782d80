import fc from "fast-check"
import { defineDataMap } from "../../data-map/definition"
import { bindDataMap, type LiveEntry } from "../../data-map/live-map"
import type { LiveColumn, LiveSchema } from "../../data-map/schema"
import { medusaTables } from "../../data-map/tables"
import { checkOverrides, makePlan, overrideSchema, type ProfileOverride } from "../plan"
import { parseOptions } from "../../options"

const MEDUSA_TABLES = medusaTables(parseOptions({}, { production: false }))

const entries = defineDataMap(MEDUSA_TABLES)

/** A database in which every mapped column is there, with a type its strategies can be used on. */
const live = bindDataMap(entries, schemaOf())

function schemaOf(): LiveSchema {
  const schema: LiveSchema = new Map()
  for (const { table, columns, rows } of entries) {
    const own = schema.get(table) ?? new Map<string, LiveColumn>()
    for (const { name, strategies } of columns) {
      const { types, name: strategy } = strategies.anonymize.strategy
      const { options } = strategies.anonymize
      const type = strategy === "redact" && typeof options.value === "boolean" ? "boolean" : types[0]
      if (own.get(name)?.type !== "jsonb") {
        own.set(name, { type: types.includes("jsonb") && !types.includes("text") ? "jsonb" : type, nullable: true, dataType: type, indexesLiveRows: false })
      }
    }
    rows.forEach(({ column }) => own.has(column.split(".")[0]) || own.set(column.split(".")[0], { type: "text", nullable: true, dataType: "text", indexesLiveRows: false }))
    schema.set(table, own)
  }
  return schema
}

const entry = (name: string) => live.find((item) => item.name === name) as LiveEntry

/** What a profile does to one column. */
function strategyOf(overrides: ProfileOverride[], name: string, column: string, method: "anonymize" | "delete" = "anonymize") {
  const found = entry(name).columns.find((item) => item.name === column)
  if (!found) {
    throw new Error(`No column ${name}.${column}`)
  }
  return makePlan(method, overrides).strategyOf(entry(name), found).strategy.name
}

describe("the plan of an erasure", () => {
  it("is the data map's, per method, where no profile says otherwise", () => {
    expect(strategyOf([], "order", "customer_id")).toBe("keep")
    expect(strategyOf([], "order", "customer_id", "delete")).toBe("reassign")
    expect(strategyOf([], "order_address", "postal_code")).toBe("keep")
  })

  it("lets the narrower override win, in whatever order they are written", () => {
    const overrides: ProfileOverride[] = [
      { category: "location", strategy: "null" },
      { column: "postal_code", strategy: "generalize" },
      { table: "order_address", column: "postal_code", strategy: "keep" },
    ]
    fc.assert(fc.property(fc.shuffledSubarray(overrides, { minLength: 3 }), (shuffled) => {
      expect(strategyOf(shuffled, "order_address", "city")).toBe("null")
      expect(strategyOf(shuffled, "cart_address", "postal_code")).toBe("generalize")
      expect(strategyOf(shuffled, "order_address", "postal_code")).toBe("keep")
    }))
  })

  it("passes an override over where the column's type cannot take it", () => {
    const overrides: ProfileOverride[] = [{ category: "free_text", strategy: "redact" }]
    expect(strategyOf(overrides, "order_change", "internal_note")).toBe("redact")
    expect(strategyOf(overrides, "order", "metadata")).toBe("json_scrub")
  })

  it("never lets a category reach keys and logins", () => {
    for (const category of ["technical", "credential"] as const) {
      expect(strategyOf([{ category, strategy: "keep" }], "provider_identity", "entity_id")).toBe("pseudonym")
      expect(strategyOf([{ category, strategy: "null" }], "order", "customer_id")).toBe("keep")
    }
  })
})

describe("checking a profile", () => {
  it.each<[string, ProfileOverride, RegExp]>([
    ["an unknown column", { column: "shoe_size", strategy: "null" }, /"shoe_size" fits no column.*GET \/admin\/privacy-data-map/],
    ["a column the table does not have", { table: "order", column: "first_name", strategy: "null" }, /"order\.first_name" fits no column/],
    ["an unknown table", { table: "orders", column: "email", strategy: "null" }, /"orders\.email" fits no column/],
    ["the category technical", { category: "technical", strategy: "null" }, /category "technical" is not allowed/],
    ["the category credential", { category: "credential", strategy: "keep" }, /category "credential" is not allowed/],
    ["a technical column", { table: "order", column: "customer_id", strategy: "null" }, /"order\.customer_id" is not allowed/],
    ["a credential", { table: "provider_identity", column: "entity_id", strategy: "keep" }, /is not allowed: technical columns and credentials/],
    ["keeping an identifier", { table: "order", column: "email", strategy: "keep" }, /"order\.email" is not allowed: an identifier that stays/],
    ["keeping identifiers through a category", { category: "contact", strategy: "keep" }, /is not allowed: an identifier that stays/],
    ["reassigning", { column: "city", strategy: "reassign" }, /only the reference to the customer/],
    ["an unknown strategy", { column: "city", strategy: "shred" }, /unknown strategy "shred"\. Valid ones: keep, null/],
    ["a wrong option", { column: "city", strategy: "truncate", options: { length: "x" } }, /"truncate": length/],
  ])("refuses %s", (_, override, message) => {
    expect(() => checkOverrides([override], entries)).toThrow(message)
  })

  it.each<[string, ProfileOverride]>([
    ["one that leaves a prefix of the address", { table: "order", column: "email", strategy: "truncate", options: { length: 200 } }],
    ["one that generalises it", { table: "cart", column: "email", strategy: "generalize", options: { keep: 20 } }],
  ])("refuses a strategy that lets an identifier through: %s", (_, override) => {
    expect(() => checkOverrides([override], entries)).toThrow(/an identifier/)
  })

  it("refuses a strategy that none of the columns can take", () => {
    expect(() => checkOverrides([{ table: "order", column: "metadata", strategy: "redact" }], live)).toThrow(
      /"order\.metadata" is not allowed: the strategy "redact" cannot be used on columns of that type/
    )
    expect(() => checkOverrides([{ category: "free_text", strategy: "redact" }], live)).not.toThrow()
  })

  it("accepts what an officer may choose", () => {
    expect(() =>
      checkOverrides(
        [
          { category: "location", strategy: "null" },
          { column: "postal_code", strategy: "generalize", options: { keep: 3 } },
          { table: "customer", column: "first_name", strategy: "keep" },
        ],
        entries
      )
    ).not.toThrow()
  })

  it.each([
    ["a category and a column", { category: "location", column: "city", strategy: "null" }],
    ["a table alone", { table: "order", strategy: "null" }],
    ["nothing at all", { strategy: "null" }],
    ["an unknown word", { column: "city", strategy: "null", colum: "x" }],
    ["an unknown category", { category: "secret", strategy: "null" }],
  ])("does not take %s as an override", (_, override) => {
    expect(overrideSchema.safeParse(override).success).toBe(false)
  })
})
