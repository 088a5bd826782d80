import { unstorablePlace } from "../refuse-unstorable"

describe("a text that no database can store", () => {
  it.each([
    ["in a path", { id: "cus_\0" }, "place.id"],
    ["in a list", { identifiers: ["a", "b\0"] }, "place.identifiers.2"],
    ["in a nested field", { created_at: { $gte: "\0" } }, "place.created_at.$gte"],
    ["as a key", { "a\0": 1 }, "place"],
    ["as the first half of a character", { reason: "\ud83d" }, "place.reason"],
    ["as the second half of a character", { reason: "x\ude00" }, "place.reason"],
  ])("is found %s", (_, value, place) => {
    expect(unstorablePlace(value, "place")).toBe(place)
  })

  it("is no whole character, however rare, and no other value", () => {
    expect(unstorablePlace({ reason: "Zoë 😀\n\t", number: 1, nothing: null, yes: true }, "body")).toBeNull()
    expect(unstorablePlace(undefined, "body")).toBeNull()
  })
})
