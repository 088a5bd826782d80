import fc from "fast-check"
import { derivedKey, parseOptions } from "../../options"
import { normalizeEmail } from "../../database/email-form/normalize-email"
import { hashIdentifier, identifierHashes, redactEmail, sameText } from "../identifiers"

const keysOf = (pepper: unknown) => parseOptions({ pepper }, { production: true }).hashKeys

const OLD = "the pepper of last year, thirty-two and more"
const NEW = "the pepper of this year, thirty-two and more"

describe("the comparison form of an e-mail address", () => {
  it.each([
    ["blanks around it", "  Anna@Example.com \t\r\n", "anna@example.com"],
    ["blanks that cannot be seen", "\u200B\uFEFF\u00A0anna@example.com\u00A0", "anna@example.com"],
    ["capitals", "ANNA@EXAMPLE.COM", "anna@example.com"],
    ["full-width letters", "ａｎｎａ@example.com", "anna@example.com"],
    ["an accent written as a sign of its own", "rene\u0301@example.com", "ren\u00e9@example.com"],
    ["a ligature", "ﬁona@example.com", "fiona@example.com"],
  ])("forgets %s", (_, typed, expected) => {
    expect(normalizeEmail(typed)).toBe(expected)
  })

  it.each(["anna.schmidt@gmail.com", "anna+news@gmail.com", "an na@example.com"])("leaves dots, plus signs and inner blanks alone: %s", (email) => {
    expect(normalizeEmail(email)).toBe(email)
  })

  it("does not change what is normal already", () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const once = normalizeEmail(text)
      expect(normalizeEmail(once)).toBe(once)
    }))
  })
})

describe("the hash of an identifier", () => {
  it("is the key's id and 64 hex digits", () => {
    fc.assert(fc.property(fc.string(), (value) => {
      expect(hashIdentifier(keysOf(NEW), "email", value)).toMatch(/^k1:[0-9a-f]{64}$/)
    }))
  })

  it("differs by value, by type and by pepper", () => {
    const hashes = [
      hashIdentifier(keysOf(NEW), "email", "anna@example.com"),
      hashIdentifier(keysOf(NEW), "email", "ben@example.com"),
      hashIdentifier(keysOf(NEW), "phone", "anna@example.com"),
      hashIdentifier(keysOf(OLD), "email", "anna@example.com"),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it("does not let type and value flow into each other", () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (type, value) => {
      expect(hashIdentifier(keysOf(NEW), type, value)).not.toBe(hashIdentifier(keysOf(NEW), type + value, ""))
    }))
  })

  it("is signed by the current key and found under every configured one", () => {
    const before = hashIdentifier(keysOf({ current: "y1", keys: { y1: OLD } }), "email", "anna@example.com")
    const rotated = keysOf({ current: "y2", keys: { y1: OLD, y2: NEW } })

    expect(hashIdentifier(rotated, "email", "anna@example.com")).toMatch(/^y2:/)
    expect(identifierHashes(rotated, "email", "anna@example.com")).toEqual(
      expect.arrayContaining([before, hashIdentifier(rotated, "email", "anna@example.com")])
    )
  })

  it("says which key is missing when one was thrown away", () => {
    expect(() => derivedKey(keysOf(NEW), "audit", "y1")).toThrow(/pepper "y1" is not among the configured keys.*Put it back/)
  })

  it("has a key of its own for each purpose", () => {
    expect(derivedKey(keysOf(NEW), "audit").equals(derivedKey(keysOf(NEW), "column-hash"))).toBe(false)
  })
})

describe("comparing two texts", () => {
  it("says the same as ===", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => {
      expect(sameText(a, b)).toBe(a === b)
      expect(sameText(a, a)).toBe(true)
    }))
  })
})

describe("the redacted form of an address", () => {
  it.each([
    ["anna.schmidt@example.com", "a***@***.com"],
    ["j@example.co.uk", "j***@***.uk"],
    ["anna@localhost", "a***@***"],
  ])("shows of %s only %s", (email, expected) => {
    expect(redactEmail(email)).toBe(expected)
  })

  it("never contains the local part, nor the domain", () => {
    const word = fc.stringMatching(/^[a-z0-9]{3,12}$/)
    fc.assert(fc.property(word, word, fc.constantFrom("com", "de"), (local, domain, ending) => {
      const redacted = redactEmail(`${local}@${domain}.${ending}`)
      expect(redacted).not.toContain(local)
      expect(redacted).not.toContain(domain)
    }))
  })

  it.each(["not an address", "anna.schmidt", "a@b@evil.com", '"anna@home"@example.com'])("gives nothing away of what is no plain address: %s", (text) => {
    expect(redactEmail(text)).toMatch(/^.\*\*\*@\*\*\*(\.[a-z]+)?$/)
  })
})
