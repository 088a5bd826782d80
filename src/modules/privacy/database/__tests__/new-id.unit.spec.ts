import { generateEntityId } from "@medusajs/framework/utils"
import { newId } from "../new-id"

/** The time in an id without its last digit, which stands for 32 milliseconds. */
const timeOf = (id: string) => id.slice("prvsub_".length, "prvsub_".length + 8)

describe("newId", () => {
  it("makes ids like Medusa's, with the time in front", () => {
    const before = generateEntityId(undefined, "prvsub")
    const id = newId("prvsub")
    const after = generateEntityId(undefined, "prvsub")
    expect(id).toMatch(/^prvsub_[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(id).toHaveLength(before.length)
    expect([timeOf(before), timeOf(after)]).toContain(timeOf(id))
  })

  it("never makes the same twice, and uses every digit", () => {
    const ids = Array.from({ length: 20_000 }, () => newId("x"))
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(ids.flatMap((id) => [...id.slice(-16)])).size).toBe(32)
  })
})
