import { defineDataMap, type TableDeclaration } from "../definition"
import { bindDataMap } from "../live-map"
import { isOlderThanMapped, withoutAbsentColumns } from "../older-medusa"
import type { LiveColumn, LiveSchema } from "../schema"

const TEXT: LiveColumn = { type: "text", dataType: "text", nullable: true, indexesLiveRows: false }

const table = (name: string): TableDeclaration => ({
  table: name,
  kind: name,
  rows: [{ column: "email", identifier: "email" }, { column: "other_email", identifier: "email" }],
  columns: { email: { category: "contact", anonymize: "pseudonym" }, nickname: { category: "identity", anonymize: "redact" } },
})

const schemaWith = (...columns: string[]): LiveSchema => new Map([["visitor", new Map(["id", ...columns].map((name) => [name, TEXT]))]])

const namesOf = ({ columns, rows }: { columns: { name: string }[]; rows: { column: string }[] }) => [columns.map(({ name }) => name), rows.map(({ column }) => column)]

describe("the data map on an older Medusa", () => {
  const entries = defineDataMap([table("visitor")])

  it.each([
    ["2.20.1", true],
    ["2.9.0", true],
    ["2.21.0", false],
    ["2.22.0-snapshot-20260911", false],
    ["3.0.0", false],
  ])("takes Medusa %s for older than the mapped one: %s", (version, older) => {
    expect(isOlderThanMapped(version)).toBe(older)
  })

  it("leaves out columns and ways to rows of Medusa's tables that the database does not have", () => {
    const [visitor] = withoutAbsentColumns(entries, schemaWith("email"), new Set())
    expect(namesOf(visitor)).toEqual([["id", "email"], ["email"]])
    expect(() => bindDataMap([visitor], schemaWith("email"))).not.toThrow()
  })

  it("leaves out a table of Medusa that no way leads to", () => {
    expect(withoutAbsentColumns(entries, schemaWith("nickname"), new Set())).toEqual([])
  })

  it("keeps what a store declared, which is refused where a column is not there", () => {
    const kept = withoutAbsentColumns(entries, schemaWith("email"), new Set(["visitor"]))
    expect(kept).toEqual(entries)
    expect(() => bindDataMap(kept, schemaWith("email"))).toThrow(/visitor\.nickname.*database does not/)
  })
})
