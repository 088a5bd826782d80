import { domainToUnicode } from "node:url"
import fc from "fast-check"
import { normalizeEmail } from "../../src/modules/privacy/database/email-form/normalize-email"
import { CREATE_EMAIL_FORM, normalizedEmail } from "../../src/modules/privacy/database/email-form/normalize-email-sql"
import { Database } from "../support/database"
import { CASES } from "./email-form-cases"

/** Databases of the providers that the newest Postgres has; TEST_LOCALES names others, for an older Postgres or a locale of the system. */
const ALL_LOCALES: [name: string, terms: string][] = [
  ["c", "LOCALE 'C'"],
  ["c_utf8", "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"],
  ["icu", "LOCALE_PROVIDER icu ICU_LOCALE 'und' LOCALE 'C'"],
  ["turkish", "LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C'"],
  ["en_us", "LOCALE 'en_US.UTF-8'"],
  ["libc_c_utf8", "LOCALE 'C.UTF-8'"],
]
const WANTED = (process.env.TEST_LOCALES ?? "c,c_utf8,icu,turkish").split(",")
const LOCALES = ALL_LOCALES.filter(([name]) => WANTED.includes(name))

/** A hundred thousand over all locales in every run, and in each of them in a full one. */
const GENERATED = process.env.FAULTS === "full" ? 100_000 : 25_000
const PAGE = 5_000

const letter = fc.oneof(
  fc.constantFrom(..."abcxyzABCXYZ0129.-_+"),
  fc.constantFrom(..."äÖüßẞİıIΣςσÉé\u0301\u0308\u0331\u0345ﬁＡｂŉǰΩ\u2126КиЖძᲒЀ中ก"),
  fc.constantFrom(" ", "\t", "\u00a0", "\u3000", "\u202f", "\u2003", "\u200b", "\u200e", "\ufeff", "\u00ad", "\u1160", "\u00a8", "\ufdfa", "\u3002"),
  fc.integer({ min: 0x80, max: 0x10ffff }).filter((point) => point < 0xd800 || point > 0xdfff).map((point) => String.fromCodePoint(point))
)
const words = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join(""))
const label = fc.oneof(
  words,
  fc.stringMatching(/^xn--[a-z0-9-]{0,12}$/),
  fc.constantFrom("xn--mller-kva", "XN--P1AI", "xn--fiqs8s", "xn--80ak6aa92e", "xn--mgberp4a5d4ar", "xn--a-ecp", "xn--99999999")
)
const address = fc.oneof(
  fc.tuple(words, fc.array(label, { minLength: 1, maxLength: 3 })).map(([local, labels]) => `${local}@${labels.join(".")}`),
  words
)

describe.each(LOCALES)("the comparison form of an e-mail address in a database of the locale %s", (name, terms) => {
  let database: Database

  beforeAll(async () => {
    const server = process.env.TEST_POSTGRES_URL as string
    const admin = await Database.connect(server)
    await admin.rows(`DROP DATABASE IF EXISTS "email_form_${name}" WITH (FORCE)`)
    await admin.rows(`CREATE DATABASE "email_form_${name}" TEMPLATE template0 ENCODING 'UTF8' ${terms}`)
    await admin.close()
    const url = new URL(server)
    url.pathname = `/email_form_${name}`
    database = await Database.connect(url.href)
    await database.rows(CREATE_EMAIL_FORM)
  })

  afterAll(() => database.close())

  const inSql = async (given: string[]) =>
    (await database.rows<{ form: string }>(
      `SELECT ${normalizedEmail("given")} AS form FROM unnest($1::text[]) WITH ORDINALITY AS t (given, number) ORDER BY number`,
      [given]
    )).map(({ form }) => form)

  it("is what the table of cases says", async () => {
    const forms = await inSql(CASES.map(([, given]) => given))
    expect(CASES.map(([what], number) => [what, forms[number]])).toEqual(CASES.map(([what, , form]) => [what, form]))
  })

  it(`is the same in SQL and in code for ${GENERATED.toLocaleString("en")} generated addresses, and the form of a form is the same form`, async () => {
    const generated = fc.sample(address, { numRuns: GENERATED, seed: 20261125 + LOCALES.findIndex(([locale]) => locale === name) })
    for (let page = 0; page < GENERATED; page += PAGE) {
      const given = generated.slice(page, page + PAGE)
      const forms = await inSql(given)
      const again = await inSql(forms)
      const different = given.filter((text, number) => normalizeEmail(text) !== forms[number] || again[number] !== forms[number])
      expect(different.map((text) => [text, normalizeEmail(text)])).toEqual([])
    }
  })

  it("can be indexed, and the index is used for the same expression", async () => {
    await database.rows("CREATE TABLE IF NOT EXISTS mailbox (email text)")
    await database.rows(`CREATE INDEX IF NOT EXISTS mailbox_form ON mailbox (${normalizedEmail("email")})`)
    await database.rows("SET enable_seqscan = off")
    const plan = await database.rows(`EXPLAIN SELECT 1 FROM mailbox AS t WHERE ${normalizedEmail("t.email")} = 'x'`)
    expect(JSON.stringify(plan)).toContain("mailbox_form")
  })
})

describe("the comparison form of an e-mail address in code", () => {
  it.each(CASES)("is right for %s", (_, given, form) => {
    expect(normalizeEmail(given)).toBe(form)
  })

  it("decodes a domain as the runtime's own IDNA does, wherever that gives a text in comparison form", () => {
    const labels = fc.sample(fc.stringMatching(/^[a-zäöüéßœøłđа-яα-ω]{1,20}$/), { numRuns: 5_000, seed: 1 })
    for (const text of labels) {
      const ascii = new URL(`http://${text}.example`).hostname
      expect(normalizeEmail(`a@${ascii}`)).toBe(normalizeEmail(`a@${domainToUnicode(ascii)}`))
    }
  })
})
