import fc from "fast-check"
import { jsonDocument, streamed, written } from "../documents"
import { manifestOf, type PartFacts } from "../manifest"
import type { ExtractPlan } from "../plan"
import { readmeOf } from "../readme"

const entry = (kind: string, record: string) => ({ kind, record, columns: ["id", "note"].map((name) => ({ name, sql: "", money: false, withheld: null })), entry: null, sql: "" })

const PLAN: ExtractPlan = {
  entries: [entry("orders", "order"), entry("orders", "order credit line"), entry("addresses", "address")],
  redactOthers: true, rowsSql: "", recipientsSql: null,
}

const HEAD = { customer_id: "cus_1", reference: "PR-1", extracted_at: "2026-11-22T09:00:00.000Z", passed_to: [] }

async function text(parts: AsyncIterable<Buffer>) {
  const all: Buffer[] = []
  for await (const part of parts) {
    all.push(part)
  }
  return Buffer.concat(all).toString("utf8")
}

async function* coming<T>(items: T[]) {
  yield* items
}

const rowsOf = (places: number[], notes: string[] = []) =>
  places.map((place, index) => ({ subject: 0, entry: place, data: JSON.stringify({ record: PLAN.entries[place].record, id: `row${index}`, note: notes[index] ?? "" }) }))

describe("a customer's document", () => {
  it("holds every row under its kind, whatever stands in it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 30 }), fc.array(fc.string({ unit: "binary" }), { maxLength: 30 }), async (places, notes) => {
        const rows = rowsOf([...places].sort(), notes)
        const whole = written(jsonDocument(PLAN, HEAD), rows)
        expect(await text(streamed(jsonDocument(PLAN, HEAD), coming(rows)))).toBe(Buffer.from(whole, "utf8").toString("utf8"))
        const document = JSON.parse(whole)
        expect(document).toMatchObject(HEAD)
        const expected: Record<string, unknown[]> = {}
        rows.forEach((row) => (expected[PLAN.entries[row.entry].kind] ??= []).push(JSON.parse(row.data)))
        expect(document.data).toEqual(expected)
      })
    )
  })

  it("of nobody's rows is a document all the same", () => {
    expect(JSON.parse(written(jsonDocument(PLAN, HEAD), []))).toEqual({ ...HEAD, data: {} })
  })
})

describe("what explains an archive", () => {
  const facts: PartFacts = {
    reference: "PR-1", part: 2, format: "csv", language: "en", subjects: 3, created_at: "2026-11-22T09:00:00.000Z", expires_days: 7,
    counts: new Map([["orders", 5]]), passedTo: new Map([["orders", new Set(["b", "a"])]]),
    asked: new Map([["crm", { subjects: 3, records: 9, incomplete: 1, missing: [{ customer_id: "cus_1", error: "It is down." }] }]]),
  }

  it("lists the kinds there are, with whom the data was passed to", () => {
    expect(manifestOf(PLAN, facts, { retention_days: 0, default_method: "anonymize" })).toMatchObject({
      reference: "PR-1", part: 2, subjects: 3, archive_expires_after_days: 7,
      kinds: [{ kind: "orders", records: 5, passed_to: ["a", "b"], origin: [{ record: "order" }, { record: "order credit line" }] }],
      destinations: [{ destination: "crm", subjects: 3, records: 9, complete: false, incomplete: 1, could_not_be_asked: [{ customer_id: "cus_1", error: "It is down." }] }],
      retention: { erasure_method: "anonymize", days_after_last_order: null },
    })
  })

  it.each([["en", "Extract of personal data"], ["de", "Auszug personenbezogener Daten"], ["fr", "Extract of personal data"]])("speaks %s", (language, words) => {
    const readme = readmeOf({ ...facts, language }, true)
    expect(readme).toContain(words)
    expect(readme).toContain("[withheld: another person]")
    expect(readme).toContain("7")
    expect(readme).toMatch(/NOT COMPLETE|NICHT VOLLSTÄNDIG/)
    expect(readmeOf({ ...facts, language, asked: new Map() }, true)).not.toMatch(/recipients|NOT COMPLETE|NICHT VOLLSTÄNDIG/)
    expect(readmeOf({ ...facts, language }, false)).not.toContain("[withheld: another person]")
  })
})
