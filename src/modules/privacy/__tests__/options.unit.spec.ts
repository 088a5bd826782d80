import { parseOptions } from "../options"

const PEPPER = "a pepper of at least thirty-two characters"
const parse = (options: unknown, production = false) => parseOptions(options, { production })
const messageOf = (options: unknown, production = false) => {
  try {
    parse(options, production)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error("The options were accepted")
}

describe("the plugin options", () => {
  it("need nothing but a pepper, and that only in production", () => {
    expect(parse(undefined)).toMatchObject({ default_method: "anonymize", strict: false, officers: [], api_keys: [], retention_days: 0, chunk_size: 5000, destinations: [] })
    expect(parse({ pepper: PEPPER }, true).hashKeys.current).toBe("k1")
  })

  it("say where to put a pepper that is missing in production", () => {
    expect(messageOf({}, true)).toMatch(/`pepper` is missing\. Set it to a secret of at least 32 characters.*process\.env/)
  })

  it("take the settings that Medusa adds by itself", () => {
    expect(() => parse({ pepper: PEPPER, database: { clientUrl: "postgres://localhost/shop" } }, true)).not.toThrow()
  })

  it.each([
    ["an unknown option", { peper: PEPPER }, [/peper/, /Unrecognized key/i]],
    ["a short pepper", { pepper: "secret" }, [/pepper/, /at least 32 characters/]],
    ["an empty pepper", { pepper: "" }, [/pepper/, /at least 32 characters/]],
    ["a short pepper among several", { pepper: { current: "a", keys: { a: "short" } } }, [/pepper/, /at least 32 characters/]],
    ["a current key that is not there", { pepper: { current: "b", keys: { a: PEPPER } } }, [/pepper/, /`current` must name one of `keys`/]],
    ["a current key that only every object has", { pepper: { current: "constructor", keys: { a: PEPPER } } }, [/`current` must name one of `keys`/]],
    ["a window without hours", { bulk: { window: { from: 22, to: 22 } } }, [/bulk\.window/, /`from` and `to` must differ\. Leave `window` out/]],
    ["a retention that overflows a date", { retention_days: 3_000_000_000 }, [/retention_days/, /<=36500/]],
    ["a due date that overflows a date", { due_days: 2_000_000 }, [/due_days/, /<=3650/]],
    ["a throttle beyond a number of the database", { bulk: { throttle_per_minute: 3_000_000_000 } }, [/throttle_per_minute/, /<=10000000/]],
    ["a kind of identifier twice", { identifiers: ["email", { type: "email", metadata_key: "mail" }] }, [/identifiers/, /a name of its own/]],
    ["a key id that would break a hash apart", { pepper: { current: "a:b", keys: { "a:b": PEPPER } } }, [/pepper/, /letters, digits/]],
    ["an unknown hold code", { holds: { open_oder: "warn" } }, [/holds/, /open_oder/, /open_order/]],
    ["an unknown severity", { holds: { open_order: "stop" } }, [/holds\.open_order/, /block/, /warn/, /ignore/]],
    ["an unknown permission", { officers: [{ user: "a@b.c", permissions: ["delete"] }] }, [/officers\.0\.permissions\.0/, /erase/, /all/]],
    ["an officer without permissions", { officers: [{ user: "a@b.c", permissions: [] }] }, [/officers\.0\.permissions/]],
    ["API keys of any kind", { api_keys: true }, [/api_keys/, /id: "apk_…", permissions: \["view", "extract"\]/]],
    ["an API key that approves", { api_keys: [{ id: "apk_1", permissions: ["approve"] }] }, [/api_keys/, /some of view, extract, erase and nothing else/]],
    ["an unknown method", { default_method: "remove" }, [/default_method/, /anonymize/, /delete/]],
    ["a retention period below zero", { retention_days: -1 }, [/retention_days/]],
    ["a chunk of nobody", { chunk_size: 0 }, [/chunk_size/]],
    ["a declaration with an unknown word", { tables: [{ table: "t", kind: "k", rows: [{ column: "c", identifier: "email" }], columns: {}, colums: {} }] }, [/tables\.0/, /colums/]],
    ["a declaration with an unknown category", { tables: [{ table: "t", kind: "k", rows: [{ column: "c", identifier: "email" }], columns: { c: { category: "secret", anonymize: "null" } } }] }, [/tables\.0\.columns\.c\.category/, /free_text/]],
    ["a declaration without a way to the subject", { tables: [{ table: "t", kind: "k", rows: [], columns: {} }] }, [/tables\.0\.rows/]],
    ["a declaration with a row path of unknown shape", { tables: [{ table: "t", kind: "k", rows: [{ column: "c", belongs_to: "customer" }], columns: {} }] }, [/tables\.0\.rows\.0/, /identifier/, /of/]],
  ])("refuse %s and say what is right", (_, options, patterns) => {
    const message = messageOf(options)
    expect(message).toMatch(/^Privacy: /)
    patterns.forEach((pattern) => expect(message).toMatch(pattern))
  })

  it("take API keys by id, and none", () => {
    expect(parse({ api_keys: false }).api_keys).toEqual([])
    expect(parse({ api_keys: [{ id: "apk_1", permissions: ["erase"] }] }).api_keys).toEqual([{ id: "apk_1", permissions: ["erase"] }])
  })

  it("never repeat a pepper in a message", () => {
    expect(messageOf({ pepper: "hunter2" })).not.toContain("hunter2")
    expect(messageOf({ pepper: { current: "x", keys: { a: "hunter2" } } })).not.toContain("hunter2")
  })
})
