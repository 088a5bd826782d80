import {
  countSubjects,
  isCountConfirmed,
  parseLineReason,
  toPlanChanges,
  toPlanCounts,
} from "../request-plan"
import { type RequestPreview } from "../request-contract"

const preview = (part: Partial<RequestPreview> = {}): RequestPreview => ({
  matched: 8,
  not_found: 1,
  ambiguous: 1,
  duplicate: 1,
  invalid: [{ line: 3, reason: "empty" }],
  held: [{ line: 4, customer_id: "cus_1", identifier: "a@x.com", holds: [] }],
  lines: [],
  total_lines: 13,
  plan_hash: "h",
  ...part,
})

describe("the plan of a bulk erasure", () => {
  it("counts those held among the subjects", () => {
    expect(countSubjects(preview())).toBe(9)
    expect(countSubjects(preview({ subjects: 12 }))).toBe(12)
  })

  it("does not count by lists that are cut off", () => {
    const counts = toPlanCounts(preview({ matched: 5000, subjects: 7000, erased: 3, total_lines: 9006 }))

    expect(counts).toMatchObject({ matched: 5000, held: 2000, erased: 3, invalid: 2000 })
  })

  it("says what changed between two looks", () => {
    expect(toPlanChanges(preview(), preview({ matched: 7, not_found: 2 }))).toEqual([
      { count: "matched", before: 8, after: 7 },
      { count: "not_found", before: 1, after: 2 },
    ])
    expect(toPlanChanges(preview(), preview())).toEqual([])
  })

  it.each([
    ["1311", true],
    [" 1,311 ", true],
    ["1310", false],
    ["", false],
    ["01311", false],
  ])("takes %j for 1311: %s", (typed, expected) => {
    expect(isCountConfirmed(typed, 1311, "1,311")).toBe(expected)
  })

  it("finds the number in a reason", () => {
    expect(parseLineReason("line 12")).toEqual({ kind: "line", value: 12 })
    expect(parseLineReason("2 customers")).toEqual({ kind: "customers", value: 2 })
    expect(parseLineReason("empty")).toEqual({ kind: "words", value: "empty" })
  })
})
