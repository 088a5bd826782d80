import fc from "fast-check"
import { personName, personNameAmongMany } from "../file-names"

const SAFE = /^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$/

describe("the name of a customer's file", () => {
  it.each([
    ["Jane", "Doe", "jane_doe"],
    ["Jörg", "Groß-Müller", "jorg_gross-muller"],
    ["  Søren ", "O'Neill", "s-ren_o-neill"],
    ["Анна", "名前", "customer"],
    [null, null, "customer"],
    ["", "Doe", "doe"],
    ["../../etc", "passwd\0.sh", "etc_passwd-sh"],
    ["C:\\", "x", "c_x"],
    ["con", null, "customer_con"],
    ["COM1", "", "customer_com1"],
  ])("%j %j is %s", (first, last, name) => {
    expect(personName(first, last)).toBe(name)
  })

  it("is safe and short whatever the name", () => {
    fc.assert(
      fc.property(fc.option(fc.string({ unit: "binary", maxLength: 400 })), fc.option(fc.string({ unit: "grapheme", maxLength: 400 })), (first, last) => {
        const name = personName(first, last)
        expect(name).toMatch(SAFE)
        expect(name.length).toBeLessThanOrEqual(130)
      }),
      { numRuns: 500 }
    )
  })

  it("tells customers of one name apart", () => {
    expect(personNameAmongMany("Jane", "Doe", "cus_1")).not.toBe(personNameAmongMany("Jane", "Doe", "cus_2"))
    expect(personNameAmongMany("Jane", "Doe", "../cus_1")).toBe("jane_doe--cus_1")
  })
})
