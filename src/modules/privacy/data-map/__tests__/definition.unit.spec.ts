import { parseOptions } from "../../options"
import { defineDataMap, type TableDeclaration } from "../definition"
import { medusaTables } from "../tables"

const MEDUSA_TABLES = medusaTables(parseOptions({}, { production: false }))

const table = (name: string, rest: Partial<TableDeclaration> = {}): TableDeclaration => ({
  table: name,
  kind: name,
  rows: [{ column: "customer_id", of: "customer" }],
  columns: {},
  ...rest,
})

const define = (...declarations: TableDeclaration[]) => defineDataMap([...MEDUSA_TABLES, ...declarations])

describe("the data map", () => {
  it("puts parents before their children", () => {
    const entries = define(table("reply", { rows: [{ column: "review_id", of: "review" }] }), table("review"))
    const place = (name: string) => entries.findIndex((entry) => entry.name === name)
    for (const entry of entries) {
      for (const row of entry.rows) {
        if ("of" in row) {
          expect(place(row.of)).toBeLessThan(place(entry.name))
        }
      }
    }
  })

  it("lets `delete` follow `anonymize` where it is not given", () => {
    const [review] = define(table("review", { columns: { body: { category: "free_text", anonymize: "redact" } } })).slice(-1)
    const body = review.columns.find(({ name }) => name === "body")
    expect(body?.strategies.delete.strategy.name).toBe("redact")
  })

  it("has one entry for each name, and one strategy for each column", () => {
    const entries = define()
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length)
    for (const { columns } of entries) {
      expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
    }
  })

  it.each([
    [
      "an unknown strategy: lists the valid ones",
      [table("review", { columns: { body: { category: "free_text", anonymize: "shred" } } })],
      /review\.body.*"shred".*keep, null, redact, pseudonym, generalize, truncate, hash, json_keep, json_scrub, json_members, reassign/,
    ],
    [
      "an unknown strategy under `delete`",
      [table("review", { columns: { body: { category: "free_text", anonymize: "null", delete: "shred" } } })],
      /review\.body.*"shred"/,
    ],
    [
      "an unknown option of a strategy",
      [table("review", { columns: { body: { category: "free_text", anonymize: { strategy: "redact", text: "gone" } } } })],
      /review\.body.*"redact".*text/,
    ],
    [
      "a missing option of a strategy",
      [table("review", { columns: { body: { category: "free_text", anonymize: "truncate" } } })],
      /review\.body.*"truncate": length/,
    ],
    ["an unknown parent", [table("review", { rows: [{ column: "buyer_id", of: "buyer" }] })], /"review".*"buyer", which the data map does not have/],
    [
      "a circle",
      [table("a", { rows: [{ column: "b_id", of: "b" }] }), table("b", { rows: [{ column: "a_id", of: "a" }] })],
      /circle: a → b → a/,
    ],
    ["a table that is its own parent", [table("a", { rows: [{ column: "parent_id", of: "a" }] })], /circle: a → a/],
    ["a name given twice", [table("review"), table("review")], /two entries "review"\. Give one of them another `name`/],
    ["a built-in table declared again", [table("customer")], /two entries "customer"/],
  ])("refuses %s", (_, declarations, message) => {
    expect(() => define(...(declarations as TableDeclaration[]))).toThrow(message as RegExp)
  })

  it("takes a store's declaration just as it takes Medusa's own", () => {
    const { tables } = parseOptions(
      { tables: [{ table: "review", kind: "reviews", rows: [{ column: "author_email", identifier: "email" }], columns: { body: { category: "free_text", anonymize: "redact" } } }] },
      { production: false }
    )
    expect(define(...tables).map(({ name }) => name)).toContain("review")
  })
})
