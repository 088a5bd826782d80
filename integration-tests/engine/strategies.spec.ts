import { isDeepStrictEqual } from "node:util"
import fc from "fast-check"
import { resolveStrategy, STRATEGIES, type ColumnType, type StrategySpecification } from "../../src/modules/privacy/strategies"
import { Database } from "../support/database"

let database: Database

beforeAll(async () => {
  database = await Database.connect(process.env.TEST_POSTGRES_URL as string)
  // As in a scope: whose ids are taken out of lists.
  await database.rows("CREATE TEMP TABLE privacy_rows (entry text NOT NULL, key text NOT NULL, subject int NOT NULL)")
  await database.rows("INSERT INTO privacy_rows VALUES ('customer', 'Anna', 0), ('order', 'Berta', 0)")
})

afterAll(() => database?.close())

const strings = fc.sample(fc.string({ unit: "binary", maxLength: 60 }).filter((text) => !text.includes("\0")), { numRuns: 40, seed: 7 })
const TEXTS = ["", " ", "Anna Schmidt", "10435", "*", "a", "O'Hara \\ \"x\"", "anna@example.com", "hash:nonsense", "[erased]", "ß".repeat(300), ...strings]
const value = fc.oneof(fc.constantFrom("pi_2", 5, true, null, [], {}, ["visa"]), fc.dictionary(fc.constantFrom("id", "brand", "last4"), fc.constantFrom("visa", 4, null, [], {}), { maxKeys: 3 }))
const documents = fc.sample(fc.dictionary(fc.constantFrom("id", "card", "email"), value, { maxKeys: 3 }), { numRuns: 120, seed: 7 })
const JSONS = [
  ...documents.map((document) => JSON.stringify(document)),
  "{}", "null", "[]", '"Anna"', "17", "true", '[{"email": "anna@example.com"}]', '{"email": "anna@example.com"}',
  '{"id": "pi_1", "email": "anna@example.com", "card": {"brand": "visa", "last4": "4242"}}', '{"id": {"email": "anna@example.com"}, "card": "4242"}',
  '{"id": null, "card": {"brand": null}}', '{"id": 5, "card": {"brand": ["anna"]}}', '{"id": "pi_1", "card": {"brand": "visa"}}', '{"id": [1]}', '{"id": [[]], "card": {}}',
  '{"card": {"brand": true}}', '{"card": {"brand": "visa", "anna": null}}', '{"card": [{"brand": "visa"}]}', '{"id": "pi_1", "card": null}',
]
const VALUES: Record<Exclude<ColumnType, "other">, string[]> = { text: TEXTS, json: JSONS, jsonb: JSONS, boolean: ["true", "false"] }

/** Every strategy as declarations use it; with what may be left of a value where something may. */
const CASES: { of: StrategySpecification; types?: ColumnType[]; leaves?: RegExp }[] = [
  { of: "keep", leaves: /^/ },
  { of: "null" },
  { of: "redact", types: ["text"] },
  { of: { strategy: "redact", value: "gone" }, types: ["text"] },
  { of: { strategy: "redact", value: false }, types: ["boolean"] },
  { of: { strategy: "redact", value: true }, types: ["boolean"] },
  { of: "pseudonym" },
  { of: { strategy: "pseudonym", form: "token" } },
  { of: { strategy: "pseudonym", form: "row" } },
  { of: "generalize", leaves: /^.{0,2}\**$/su },
  { of: { strategy: "generalize", keep: 0 }, leaves: /^\**$/ },
  { of: { strategy: "truncate", length: 3 }, leaves: /^.{0,3}$/su },
  { of: { strategy: "truncate", length: 0 }, leaves: /^$/ },
  { of: "hash", leaves: /^hash:[0-9a-f]{64}$/ },
  { of: { strategy: "json_keep", keys: ["id", "card.brand"] }, leaves: /^(?!.*(anna|4242))/s },
  { of: "json_scrub" },
  // The keys go from the object itself; what is no object goes whole.
  { of: { strategy: "json_scrub", keys: ["email", "card"] }, leaves: /^(?!\[|"Anna)(?!.*"card")(?!.*(?<!"id": \{)"email")/s },
  { of: "json_members", leaves: /^(?!"Anna"$)/ },
  { of: "reassign", types: ["text"] },
  { of: { strategy: "set", value: "gone" }, types: ["text"] },
  { of: { strategy: "set", value: "gone", when: ["Anna Schmidt", "O'Hara \\ \"x\""] }, types: ["text"], leaves: /^(?!(Anna Schmidt|O'Hara.*)$)/s },
  { of: { strategy: "set", value: false }, types: ["boolean"] },
]

const title = (of: StrategySpecification) => (typeof of === "string" ? of : JSON.stringify(of))

const cases = CASES.flatMap(({ of, types, leaves }) => {
  const { strategy } = resolveStrategy(of, "test")
  return (types ?? strategy.types)
    .filter((type): type is keyof typeof VALUES => type !== "other")
    .flatMap((type) => [true, false].map((nullable) => [title(of), type, nullable ? "NULL" : "NOT NULL", { of, nullable, leaves, type }] as const))
})

describe("every strategy on every type of column", () => {
  it("is in this table", () => {
    expect(new Set(CASES.map(({ of }) => (typeof of === "string" ? of : of.strategy)))).toEqual(new Set(STRATEGIES.map(({ name }) => name)))
  })

  it.each(cases)("%s on %s %s: masks, knows it has, and masking twice is masking once", async (_, type, __, { of, nullable, leaves }) => {
    const { strategy, options } = resolveStrategy(of, "test")
    const column = {
      value: `t."c"`, key: `t."id"`, type, nullable, pseudonym: "'erased-00ff'", salt: "'a salt'", unknownCustomer: "'cus_unknown'",
    }
    const values: (string | null)[] = nullable ? [...VALUES[type], null] : VALUES[type]
    await database.rows("DROP TABLE IF EXISTS masked")
    await database.rows(`CREATE TEMP TABLE masked (id text PRIMARY KEY, c ${type} ${nullable ? "" : "NOT NULL"})`)
    await database.rows(`INSERT INTO masked SELECT 'row_' || n, v::${type} FROM unnest($1::text[]) WITH ORDINALITY AS v (v, n)`, [values])
    const read = () => database.rows<{ id: string; c: string | null; masked: boolean }>(
      `SELECT id, c::text AS c, (${strategy.isMasked(column, options)}) AS masked FROM masked AS t ORDER BY id`
    )
    const mask = () => database.rows(`UPDATE masked AS t SET c = ${strategy.mask(column, options)}`)
    const before = await read()

    await mask()
    const once = await read()
    await mask()
    const twice = await read()

    expect(twice).toEqual(once)
    expect(once.filter(({ masked }) => masked !== true)).toEqual([])
    if (!nullable) {
      expect(once.filter(({ c }) => c === null)).toEqual([])
    }
    if (strategy.isExact) {
      const unchanged = before.filter(({ c }, row) => isDeepStrictEqual(JSON.parse(c ?? "null"), JSON.parse(once[row].c ?? "null")) && (c === null) === (once[row].c === null))
      expect(before.filter(({ masked }) => masked).map(({ c }) => c)).toEqual(unchanged.map(({ c }) => c))
    }
    if (leaves) {
      expect(once.filter(({ c }) => c !== null && !leaves.test(c))).toEqual([])
    } else {
      // Nothing of what was there is there now: one value for all, or one that comes from the row's key.
      expect(new Set(once.filter(({ c }) => c !== null).map(({ id, c }) => c?.replace(id, "key"))).size).toBeLessThanOrEqual(1)
    }
    if (strategy.removes && type === "text") {
      // The check is worth something: it does not take a person's name for masked.
      const name = before.find(({ c }) => c === "Anna Schmidt")
      expect(name?.masked).toBe(false)
    }
  })

  it.each(["generalize", { strategy: "truncate", length: 3 }, "redact", "pseudonym", "hash"])("%j leaves an absent value absent", async (of) => {
    const { strategy, options } = resolveStrategy(of, "test")
    const column = { value: "NULL::text", key: "'row'", type: "text" as const, nullable: true, pseudonym: "'p'", salt: "'s'", unknownCustomer: "'u'" }
    expect(await database.row(`SELECT ${strategy.mask(column, options)} AS value`)).toEqual({ value: null })
  })

  it("the member of a list that names the subject is replaced, in its place, and no other", async () => {
    const { strategy, options } = resolveStrategy("json_members", "test")
    const of = (value: string) =>
      strategy.mask({ value: `'${value}'::jsonb`, key: "'row'", type: "jsonb", nullable: true, pseudonym: "'p'", salt: "'s'", unknownCustomer: "'u'" }, options)
    const row = await database.row(`SELECT ${of('["Berta", "Anna", 7, "Anna-Lena"]')} AS list, ${of('"Anna"')} AS one, ${of("[]")} AS none`)
    expect(row).toEqual({ list: ["Berta", "erased-row", 7, "Anna-Lena"], one: "erased-row", none: [] })
  })

  it("hash gives equal values equal hashes, and others under another salt", async () => {
    const { strategy, options } = resolveStrategy("hash", "test")
    const of = (value: string, salt: string) =>
      strategy.mask({ value: `'${value}'::text`, key: "'row'", type: "text", nullable: true, pseudonym: "'p'", salt: `'${salt}'`, unknownCustomer: "'u'" }, options)
    const row = await database.row(`SELECT ${of("x", "s")} = ${of("x", "s")} AS same, ${of("x", "s")} = ${of("x", "t")} AS salted, ${of("x", "s")} = ${of("y", "s")} AS other`)
    expect(row).toEqual({ same: true, salted: false, other: false })
  })
})
