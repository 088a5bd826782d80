import { medusaTables } from "../../src/modules/privacy/data-map/tables"
import { productReviewTable } from "../../demo/src/modules/product-review/privacy"
import type { TableDeclaration } from "../../src/modules/privacy/data-map/definition"
import { parseOptions, type PrivacyPluginOptions } from "../../src/modules/privacy/options"
import { Database } from "../support/database"
import { extract, openArchives, parsed } from "../support/extracts"
import { ok } from "../support/http"
import { finished } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { openAccount, readShop, type Shop } from "./canary/life"
import { othersLive, strangerRedeems, type Others } from "./canary/others"
import { inventPerson, type Person } from "./canary/person"
import { plantCanaries, type MapTable } from "./canary/plant"
import { newKeys, readRows } from "./canary/rows"
import { liveThrough, type Story } from "./canary/story"
import { wordsOf } from "./canary/words"

/**
 * One customer lives through everything a store can note down about a person, and canaries are written into every personal column of every row
 * that life has made. Whatever the map would erase must be in the extract; nothing of anybody else may.
 */
const LIFE = "extract_life"

const subject = inventPerson("theodora.maria")

let shop: Shop
let story: Story
let others: Others
let own: Map<string, Set<string>>
let map: MapTable[]
let planted: Record<string, number>
let url: string

const openLife = (options: object, name: string) =>
  startTestStore({ name, databaseUrl: url, options: { officers: [{ user: "admin@demo.test", permissions: ["all"] }], tables: [productReviewTable] as PrivacyPluginOptions["tables"], ...options } })

beforeAll(async () => {
  const store = await startTestStore({ name: LIFE })
  url = store.databaseUrl
  shop = await readShop(store)
  others = await othersLive(store, shop, subject)
  const before = await readRows(store.database)
  story = await liveThrough(store, shop, subject)
  own = newKeys(before, await readRows(store.database))
  await strangerRedeems(store, others, story)
  map = (await ok(store.officer.get("/admin/privacy-data-map"))).data_map.tables
  await store.stop()
}, 400_000)

const declarations = [...medusaTables(parseOptions({}, { production: false })), productReviewTable as TableDeclaration]

/** True when every entry that has the column leaves it out of an extract as a secret. */
const isSecret = (table: string, column: string) =>
  declarations
    .filter((entry) => entry.table === table && entry.columns[column])
    .every((entry) => entry.columns[column].category === "credential" && !entry.disclose?.includes(column))

async function documentOf(store: TestStore, customerId: string) {
  const request = await extract(store, customerId)
  expect(request).toMatchObject({ status: "complete", files: 1 })
  const [archive] = await openArchives(store, request.id)
  const [name] = [...archive.keys()].filter((file) => file.endsWith(".json") && file !== "manifest.json")
  return { text: (archive.get(name) as Buffer).toString("utf8"), document: parsed(archive.get(name)), manifest: parsed(archive.get("manifest.json")) }
}

describe("of others", () => {
  let store: TestStore

  beforeAll(async () => {
    store = await openLife({}, "extract_others")
  })

  afterAll(() => store?.stop())

  /** What only they have: a flatmate shares street and telephone. */
  const wordsOnlyOf = (person: Person, not: Person) => wordsOf(person).filter((word) => !wordsOf(not).includes(word))

  it("nothing is in the subject's extract", async () => {
    const { text } = await documentOf(store, story.account.id)
    for (const account of Object.values(others)) {
      const person = await personOf(store, account.id)
      expect(text).not.toContain(account.id)
      for (const word of [person.email, person.last_name, person.first_name]) {
        expect(text.toLowerCase()).not.toContain(word.toLowerCase())
      }
    }
  })

  it("nothing of the subject is in theirs, nor of a newcomer's who has nothing yet", async () => {
    for (const account of Object.values(others)) {
      const { text } = await documentOf(store, account.id)
      const person = await personOf(store, account.id)
      // Street, telephone and company are those of the shared door.
      const own = [subject.email, subject.first_name, subject.last_name].filter((word) => text.includes(word))
      expect(own.map((word) => text.slice(text.indexOf(word) - 300, text.indexOf(word) + 50))).toEqual([])
      expect(text).toContain(person.email)
    }
    const newcomer = await openAccount(store, inventPerson("newcomer"))
    const { document, text } = await documentOf(store, newcomer.id)
    expect(Object.keys(document.data).sort()).toEqual(["customers", "logins", "privacy_requests"])
    expect(wordsOnlyOf(subject, inventPerson("x")).filter((word) => text.includes(word))).toEqual([])
  })

  it("nothing is mixed up when all are extracted together", async () => {
    const people = [{ id: story.account.id, email: subject.email }, ...(await Promise.all(Object.values(others).map(async ({ id }) => ({ id, ...(await personOf(store, id)) }))))]
    const { privacy_request } = await ok(
      store.officer.post("/admin/privacy-requests", { type: "access", format: "json", identifier_type: "customer_id", identifiers: people.map(({ id }) => id) })
    )

    await finished(store, privacy_request.id)
    const [archive] = await openArchives(store, privacy_request.id)
    for (const { id, email } of people) {
      const [name] = [...archive.keys()].filter((file) => file.includes(id))
      const text = (archive.get(name) as Buffer).toString("utf8")
      expect(text).toContain(email)
      for (const other of people.filter((person) => person.id !== id)) {
        expect([name, text.includes(other.id)]).toEqual([name, false])
        expect([name, text.includes(other.email)]).toEqual([name, false])
      }
    }
  })

  const personOf = async ({ database }: TestStore, id: string) =>
    database.row<{ email: string; first_name: string; last_name: string }>("SELECT email, first_name, last_name FROM customer WHERE id = $1", [id])
})

describe("of the subject", () => {
  let store: TestStore
  let text: string
  let manifest: { withheld: { credentials: { columns: string[] } } }

  beforeAll(async () => {
    const database = await Database.connect(url)
    planted = await plantCanaries(database, map, own)
    await database.close()
    store = await openLife({ extracts: { redact_others: false } }, "extract_canaries")
    ;({ text, manifest } = await documentOf(store, story.account.id))
  }, 240_000)

  afterAll(() => store?.stop())

  it("every personal column is in the extract, with every row's value", () => {
    expect(Object.keys(planted).length).toBeGreaterThan(100)
    const missing: string[] = []
    for (const [place, count] of Object.entries(planted)) {
      const [table, column] = place.split(".")
      if (isSecret(table, column)) {
        continue
      }
      for (let number = 1; number <= count; number += 1) {
        if (!new RegExp(`CANARY-${table}-${column}-${number}\\b`).test(text)) {
          missing.push(`${place} ${number} of ${count}`)
        }
      }
    }
    expect(missing).toEqual([])
  })

  it("no secret is in it, and the manifest names what was left out", () => {
    const secrets = Object.keys(planted).filter((place) => isSecret(...(place.split(".") as [string, string])))
    expect(secrets).toEqual(expect.arrayContaining(["provider_identity.provider_metadata", "auth_mfa_recovery_code.code_hash"]))
    for (const place of secrets) {
      expect(text).not.toContain(`CANARY-${place.replace(".", "-")}-`)
    }
    expect(text).not.toMatch(/scrypt|\$argon|BEGIN PRIVATE/)
    expect(manifest.withheld.credentials.columns).toEqual(expect.arrayContaining(["provider identity: provider_metadata", "auth mfa recovery code: code_hash"]))
  })
})
