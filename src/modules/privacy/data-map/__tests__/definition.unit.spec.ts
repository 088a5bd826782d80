import { parseOptions } from "../../options"
import { defineDataMap, deadLinksOf, tiesRecords, type TableDeclaration } from "../definition"
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

  it("says of each of Medusa's paths whose its rows are, and of each through a link what a dismissed one counts", () => {
    const entries = defineDataMap(MEDUSA_TABLES)
    const byName = new Map(entries.map((entry) => [entry.name, entry]))
    const silent = entries.flatMap(({ name, rows }) =>
      rows.flatMap((row) => {
        const owned = !("of" in row || ("identifier" in row && row.identifier === "email")) || row.owner !== undefined
        const linked = !("of" in row && row.parent_column && tiesRecords(byName.get(row.of)!)) || row.dead_links !== undefined
        return owned && linked ? [] : [`${name}.${row.column}`]
      })
    )
    expect(silent).toEqual([])
  })

  it("never reaches what is worth money by a dismissed link", () => {
    const entries = defineDataMap(MEDUSA_TABLES)
    const byName = new Map(entries.map((entry) => [entry.name, entry]))
    const worth = entries.filter(({ table }) => ["loyalty_gift_card", "store_credit_account"].includes(table))
    const ways = worth.flatMap(({ rows }) => rows.flatMap((row) => ("of" in row && row.parent_column ? [deadLinksOf(row, byName.get(row.of)!)] : [])))
    expect(ways.length).toBeGreaterThan(4)
    expect(new Set(ways)).toEqual(new Set(["never"]))
  })

  it("follows no dismissed link of a store's own tables unless the declaration says so, and soft-deleted records always", () => {
    const link = table("customer_voucher", { technical: ["customer_id", "voucher_id"] })
    const voucher = { column: "id", of: "customer_voucher", parent_column: "voucher_id" }
    const record = table("visit", { columns: { note: { category: "free_text", anonymize: "null" } } })
    const [{ columns: ofLink }, { columns: ofRecord }] = define(link, record).slice(-2)
    expect(deadLinksOf(voucher, { columns: ofLink })).toBe("never")
    expect(deadLinksOf({ ...voucher, dead_links: "unclaimed" }, { columns: ofLink })).toBe("unclaimed")
    expect(deadLinksOf({ ...voucher, of: "visit" }, { columns: ofRecord })).toBeNull()
  })

  it("takes a store's declaration just as it takes Medusa's own", () => {
    const { tables } = parseOptions(
      { tables: [{ table: "review", kind: "reviews", rows: [{ column: "author_email", identifier: "email" }], columns: { body: { category: "free_text", anonymize: "redact" } } }] },
      { production: false }
    )
    expect(define(...tables).map(({ name }) => name)).toContain("review")
  })
})
