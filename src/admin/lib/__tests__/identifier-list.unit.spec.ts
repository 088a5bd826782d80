import { addIdentifiers, isPlausible, toLines } from "../identifier-list"

describe("a list of identifiers", () => {
  it("reads pasted text line by line", () => {
    expect(
      toLines('\uFEFFada@example.com\r\n"bob@example.com",\n\n  carol@example.com ;\rdan@example.com\teve@example.com')
    ).toEqual([
      "ada@example.com",
      "bob@example.com",
      "carol@example.com",
      "dan@example.com",
      "eve@example.com",
    ])
  })

  it("keeps each person once and tells how many were there", () => {
    expect(
      addIdentifiers("email", ["Ada@example.com"], ["ada@EXAMPLE.com", "bob@example.com", "BOB@example.com"])
    ).toEqual({
      identifiers: ["Ada@example.com", "bob@example.com"],
      added: 1,
      duplicates: 2,
    })
  })

  it("compares in the form of the type", () => {
    expect(addIdentifiers("phone", ["+49 30 123"], ["+4930123"]).duplicates).toBe(1)
    expect(addIdentifiers("customer_id", ["cus_A"], ["cus_a"]).added).toBe(1)
  })

  it.each([
    ["email", "ada@example.com", true],
    ["email", "ada", false],
    ["email", "ada@example.com bob@example.com", false],
    ["customer_id", "cus_01", true],
    ["customer_id", "ada@example.com", false],
    ["phone", "+49 (30) 12-34", true],
    ["phone", "ada", false],
    ["erp_number", "any thing", true],
  ])("knows whether a %s can be %s", (type, value, expected) => {
    expect(isPlausible(type, value)).toBe(expected)
  })
})
