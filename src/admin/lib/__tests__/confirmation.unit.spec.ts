import { isConfirmed, toConfirmation } from "../confirmation"

const id = "cus_01ABC"

describe("the typed e-mail address", () => {
  it.each([
    ["ada@example.com", "Ada@Example.com"],
    ["  ADA@example.com\n", "ada@example.com"],
    ["ａda@example.com", "ada@example.com"],
    ["ada@example.com", " ada@example.com "],
  ])("%j confirms %s", (typed, email) => {
    expect(isConfirmed(typed, toConfirmation(email, id))).toBe(true)
  })

  it.each([
    ["", "ada@example.com"],
    ["ada@example.co", "ada@example.com"],
    ["a.da@gmail.com", "ada@gmail.com"],
    ["ada+shop@example.com", "ada@example.com"],
    [id, "ada@example.com"],
  ])("%j does not confirm %j", (typed, email) => {
    expect(isConfirmed(typed, toConfirmation(email, id))).toBe(false)
  })
})

describe("a customer without an address", () => {
  it.each([null, undefined, "", "  "])("(%j) is confirmed by id only", (email) => {
    const confirmation = toConfirmation(email, id)

    expect(confirmation).toEqual({ kind: "customerId", expected: id })
    expect(isConfirmed(id, confirmation)).toBe(true)
    expect(isConfirmed("", confirmation)).toBe(false)
  })
})
