import { PrivacyProfile } from "../contract"
import {
  emptyOverride,
  findProblems,
  parseOption,
  toProfileBody,
  toProfileDraft,
} from "../profile-draft"

const profile: PrivacyProfile = {
  id: "prof_1",
  name: "Marketing",
  description: null,
  version: 2,
  overrides: [
    { table: "order_address", column: "city", strategy: "keep" },
    { column: "postal_code", strategy: "keep" },
    { category: "location", strategy: "generalize", options: { keep: 2 } },
    { category: "free_text", strategy: "json_keep", options: { keys: ["a"] } },
    { category: "contact", strategy: "redact", options: { value: "42" } },
  ],
  created_at: "2026-11-01T00:00:00Z",
  updated_at: "2026-11-01T00:00:00Z",
}

const strategies = [
  { name: "keep", description: "", options: [] },
  { name: "generalize", description: "", options: ["keep"] },
  { name: "json_keep", description: "", options: ["keys"] },
  { name: "redact", description: "", options: ["value"] },
]

describe("the draft of a profile", () => {
  it("comes back from the form as it went in", () => {
    const body = toProfileBody(toProfileDraft(profile), strategies)

    expect(body.name).toBe("Marketing")
    expect(body.description).toBeNull()
    expect(body.overrides).toEqual(profile.overrides)
  })

  it("sends only the options its strategy has, and only those filled in", () => {
    const draft = {
      name: " Strict ",
      description: " ",
      overrides: [
        {
          ...emptyOverride(),
          target: "category:contact",
          strategy: "redact",
          options: { value: "  ", keep: "3" },
        },
      ],
    }

    expect(toProfileBody(draft, strategies)).toEqual({
      name: "Strict",
      description: null,
      overrides: [{ category: "contact", strategy: "redact" }],
    })
  })

  it("needs an exception", () => {
    expect(
      findProblems({ name: "x", description: "", overrides: [] })
    ).toEqual({ list: "overrides_required", overrides: {} })
  })

  it("names what is missing or there twice", () => {
    const complete = {
      ...emptyOverride(),
      target: "category:contact",
      strategy: "null",
    }
    const twice = { ...complete, id: "twice" }
    const empty = { ...emptyOverride(), id: "empty" }

    expect(
      findProblems({ name: "x", description: "", overrides: [complete] })
    ).toBeUndefined()
    expect(
      findProblems({
        name: " ",
        description: "",
        overrides: [complete, twice, empty],
      })
    ).toEqual({
      name: "name_required",
      overrides: {
        twice: { target: "target_twice" },
        empty: { target: "target_required", strategy: "strategy_required" },
      },
    })
  })
})

describe("an option", () => {
  it.each([
    ["keys", "gift", ["gift"]],
    ["keys", " gift , note,", ["gift", "note"]],
    ["keep", "2", 2],
    ["value", "2", "2"],
    ["value", "false", false],
    ["form", "email", "email"],
    ["radius", "wide", "wide"],
    ["radius", '{"x":1}', { x: 1 }],
  ])("%s %j is read as %j", (name, text, value) => {
    expect(parseOption(name, text)).toEqual(value)
  })
})
