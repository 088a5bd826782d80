import { MedusaError } from "@medusajs/framework/utils"
import { checkAnswer, errorText, inTime, withoutIdentifiers } from "../call"
import { DestinationError, isDestinationError } from "../contract"
import { openIdentifiers, sealIdentifiers } from "../identifiers"

const identifiers = {
  customer_ids: ["cus_1"], emails: ["jane.doe+shop@example.com"], account_holders: [{ provider_id: "pp_stripe", external_id: "cus_(Stripe)" }],
}

describe("a call of a destination", () => {
  it("that does not come back is cut off, and what it does later is not waited for", async () => {
    await expect(inTime(new Promise(() => undefined), 20)).rejects.toThrow("The destination did not answer within 0.02 seconds.")
    expect(await inTime(Promise.resolve("in time"), 1000)).toBe("in time")
    await expect(inTime(Promise.reject(new Error("its own")), 1000)).rejects.toThrow("its own")
  })

  it("has its answer freed of every identifier, whatever its case", () => {
    expect(withoutIdentifiers("JANE.DOE+Shop@Example.com, CUS_1 and cus_(stripe), janeXdoe+shop@example.com", identifiers)).toBe(
      "[identifier], [identifier] and [identifier], janeXdoe+shop@example.com"
    )
  })

  it.each([
    [{ removed: [], retained: [], messages: [], done: "yes" }, "done"],
    [{ removed: [], retained: [], messages: [], done: false, check_after: -1 }, "check_after"],
    [{ removed: [], retained: [], messages: [], done: false, cursor: "x".repeat(4001) }, "cursor"],
    [null, "answer"],
  ])("is an error that names the place when its answer is wrong: %j", (answer, place) => {
    expect(() => checkAnswer(answer, identifiers)).toThrow(new RegExp(`^The destination's answer breaks the contract \\(${place}: .+Its provider must be mended\\.$`))
  })
})

describe("what is kept of an error", () => {
  it.each([
    [new DestinationError("No jane.doe+shop@example.com here."), "No [identifier] here."],
    [new DestinationError("x".repeat(500)), "x".repeat(300)],
    [new MedusaError(MedusaError.Types.INVALID_DATA, "Set the key."), "Set the key."],
    [Object.assign(new TypeError("jane.doe@example.com"), { code: "ECONNRESET" }), "TypeError ECONNRESET"],
    ["jane.doe@example.com", "Error"],
    [{}, "Error"],
  ])("says no more than it may: case %#", (error, text) => {
    expect(errorText(error, identifiers)).toBe(text)
  })

  it("knows a destination's error from another copy of the package", () => {
    expect(isDestinationError(Object.assign(new Error("x"), { name: "DestinationError", options: {} }))).toBe(true)
    expect(isDestinationError(new Error("x"))).toBe(false)
    expect(isDestinationError({ name: "DestinationError", options: {} })).toBe(false)
  })
})

it("identifiers are sealed, and opened under a key that was rotated", () => {
  const keys = { current: "k1", keys: new Map([["k1", Buffer.from("a pepper of at least thirty-two characters")]]) }
  const sealed = sealIdentifiers(keys, identifiers)
  expect(sealed).not.toMatch(/jane|cus_/)
  const rotated = { current: "k2", keys: new Map([...keys.keys, ["k2", Buffer.from("another pepper of thirty-two characters or more")]]) }
  expect(openIdentifiers(rotated, sealed)).toEqual(identifiers)
  expect(sealIdentifiers(rotated, identifiers)).toMatch(/^k2:/)
})
