import { isSameEmail } from "../email-match"

describe("the typed e-mail address", () => {
  it.each([
    ["ada@example.com", "Ada@Example.com"],
    ["  ADA@example.com\n", "ada@example.com"],
    ["ａda@example.com", "ada@example.com"],
  ])("%j is %s", (typed, email) => {
    expect(isSameEmail(typed, email)).toBe(true)
  })

  it.each([
    ["", "ada@example.com"],
    ["ada@example.co", "ada@example.com"],
    ["a.da@gmail.com", "ada@gmail.com"],
    ["ada+shop@example.com", "ada@example.com"],
    ["", ""],
    ["  ", null],
    ["", undefined],
  ])("%j is not %j", (typed, email) => {
    expect(isSameEmail(typed, email)).toBe(false)
  })
})
