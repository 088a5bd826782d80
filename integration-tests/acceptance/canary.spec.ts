import fs from "node:fs"
import path from "node:path"
import { Database } from "../support/database"
import { ok } from "../support/http"
import { delivered, erase } from "../support/requests"
import { PASSWORD } from "../support/shopper"
import { startTestStore, type TestStore } from "../support/test-store"
import { copyDatabase } from "./canary/databases"
import { logIn, openAccount, ordering, readShop, type Account, type Shop } from "./canary/life"
import { inventPerson } from "./canary/person"
import { plantCanaries, type MapTable } from "./canary/plant"
import { differences, matcher, newKeys, readRows, type Difference, type Rows } from "./canary/rows"
import { liveThrough, type Story } from "./canary/story"

const LIFE = "canary_life"
const STATIC = path.resolve("demo/static")

const subject = inventPerson("mathilda.maria")
const stranger = inventPerson("stranger")
/** Same flat, same telephone. */
const flatmate = { ...inventPerson("flatmate"), phone: subject.phone }
flatmate.address = { ...subject.address, first_name: flatmate.first_name, last_name: flatmate.last_name }
/** An address that differs by a dot. */
const dotless = { ...inventPerson("dotless"), email: subject.email.replace("mathilda.maria", "mathildamaria") }

let shop: Shop
let story: Story
let others: Record<"stranger" | "flatmate" | "dotless", Account>
/** What the subject's life added to the database, per table. */
let own: Map<string, Set<string>>
let map: MapTable[]
let files: Map<string, Buffer>

beforeAll(async () => {
  const store = await startTestStore({ name: LIFE })
  shop = await readShop(store)
  others = await othersLive(store)
  const before = await readRows(store.database)
  story = await liveThrough(store, shop, subject)
  own = newKeys(before, await readRows(store.database))
  await othersGoOn(store)
  map = (await ok(store.officer.get("/admin/privacy-data-map"))).data_map.tables
  await store.stop()
  const database = await Database.connect(store.databaseUrl)
  const planted = await plantCanaries(database, map, own)
  await database.close()
  files = readFiles()
  process.env.CANARY_DEBUG && console.log(planted)
}, 300_000)

/** People who must come out of it as they went in. */
async function othersLive(store: TestStore) {
  const does = ordering(store, shop)
  const accounts = {} as typeof others
  for (const [name, person] of Object.entries({ stranger, flatmate, dotless })) {
    const account = await openAccount(store, person)
    await ok(account.http.post("/store/customers/me", { phone: person.phone, company_name: person.company_name, metadata: { hobby: "birds" } }))
    await ok(account.http.post("/store/customers/me/addresses", person.address))
    await does.buyAndReceive(account.http, person, [{ variant_id: shop.variants["steel-bottle"], quantity: 1, metadata: { for: person.first_name } }], `LABEL-${name}`)
    await does.fillCart(account.http, person, [{ variant_id: shop.variants["tent"], quantity: 1 }])
    const { store_credit_account } = await ok(store.officer.post("/admin/store-credit-accounts", { currency_code: "eur", customer_id: account.id }))
    await ok(store.officer.post(`/admin/store-credit-accounts/${store_credit_account.id}/credit`, { amount: 11, note: `Credit for ${person.last_name}` }))
    accounts[name as keyof typeof others] = account
  }
  return accounts
}

/** What others do after the subject's life: the stranger spends one of the gift cards the subject bought. */
async function othersGoOn(_store: TestStore) {
  const { http } = others.stranger
  await ok(_store.shop.as(others.stranger.token).post("/store/store-credit-accounts/claim", { code: story.boughtCards[0].account }))
  void http
}

function readFiles(): Map<string, Buffer> {
  const found = fs.existsSync(STATIC) ? (fs.readdirSync(STATIC, { recursive: true, withFileTypes: true }) as fs.Dirent[]) : []
  return new Map(
    found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).map((file) => [file, fs.readFileSync(file)])
  )
}

function restoreFiles() {
  files.forEach((content, file) => {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, content)
  })
}

const HOLDS = [
  "open_order", "unpaid_order", "refund_due", "open_fulfillment", "open_return", "open_claim", "open_exchange", "open_order_change",
]

describe.each(["anonymize", "delete"] as const)("after %s", (method) => {
  let store: TestStore
  let before: Rows
  let after: Rows
  let found: Difference[]

  beforeAll(async () => {
    restoreFiles()
    store = await startTestStore({ name: `canary_${method}`, databaseUrl: await copyDatabase(`store_${LIFE}`, `store_canary_${method}`) })
    before = await readRows(store.database)
    const request = await erase(store, { id: story.account.id, email: subject.email }, { method, override: HOLDS, reason: "Asked for in the canary test" })
    expect(request).toMatchObject({ status: "complete", totals: { complete: 1 } })
    await delivered(store, request.id)
    after = await readRows(store.database)
    found = differences(before, after)
  }, 180_000)

  afterAll(() => store?.stop())

  const isOwn = ({ table, key }: { table: string; key: string }) => own.get(table)?.has(key) ?? false

  it("leaves every row of everybody else as it was", () => {
    const foreign = found.filter((difference) => !isOwn(difference) && !difference.table.startsWith("public.privacy_") && !difference.table.startsWith("privacy_jobs."))
    expect(foreign.map(({ table, kind, columns, key }) => `${table} ${kind} ${columns} ${key}`)).toEqual([])
  })

  it("leaves no trace of the person in the database", () => {
    const words = matcher(wordsOfSubject())
    const leaks: string[] = []
    for (const [table, rows] of after) {
      for (const [key, row] of rows) {
        const untouched = !isOwn({ table, key }) && before.get(table)?.get(key) === row
        const hit = untouched ? null : words.exec(row)
        if (hit) {
          leaks.push(`${table} ${key}: ${columnOf(row, words)}`)
        }
      }
    }
    expect(leaks).toEqual([])
  })

  it("leaves no trace in files and log", () => {
    const words = matcher(wordsOfSubject())
    const leaks = [...readFiles()].filter(([file, content]) => words.test(file) || words.test(content.toString("utf8"))).map(([file]) => file)
    expect(leaks).toEqual([])
    expect(fs.readFileSync(store.log, "utf8").split("\n").filter((line) => words.test(line))).toEqual([])
  })
})

const columnOf = (row: string, words: RegExp) =>
  Object.entries(JSON.parse(row))
    .filter(([, value]) => words.test(typeof value === "string" ? value : JSON.stringify(value)))
    .map(([column, value]) => `${column} = ${JSON.stringify(value).slice(0, 300)}`)
    .join("; ")

function wordsOfSubject(): string[] {
  const { email, first_name, last_name, phone, company_name, address } = subject
  return [
    "CANARY-", email, email.split("@")[0], first_name, last_name, phone, phone.replace(/[^0-9+]/g, ""), company_name, address.address_1,
    address.address_2, story.account.token, ...story.words,
  ]
}

void logIn
void PASSWORD
