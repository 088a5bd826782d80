import { Database } from "../support/database"
import { ok } from "../support/http"
import { delivered, erase, finished } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { copyDatabase } from "./canary/databases"
import { openAccount, ordering, readShop, type Shop } from "./canary/life"
import { openOrderPages, readOrderFacts } from "./canary/order-pages"
import { othersLive, strangerRedeems, type Others } from "./canary/others"
import { leaveOwnRecords } from "./canary/own-records"
import { inventPerson } from "./canary/person"
import { plantCanaries, type MapTable } from "./canary/plant"
import { resetToken } from "./canary/reset-token"
import { differences, matcher, newKeys, readRows, type Difference, type Rows } from "./canary/rows"
import { liveThrough, type Story } from "./canary/story"
import { filesWith, linesWith, readStorage, restoreStorage, rowsWith, wordsOf } from "./canary/words"

/**
 * One customer lives through everything a store can note down about a person. Then canaries are written into every personal column of
 * every row that life has made, and the person is erased. What belongs to the subject is not taken from the data map under test: it is
 * what the database did not have before the subject came.
 */
const LIFE = "canary_life"

/** Tables of the data map that stay empty in the demo store: no index of customers, no discount on shipping. */
const WITHOUT_ROWS = ["cart_shipping_method_adjustment", "index_data"]

const subject = inventPerson("mathilda.maria")

let shop: Shop
let story: Story
let others: Others
/** What the subject's life added to the database: table → keys. */
let own: Map<string, Set<string>>
let map: MapTable[]
let files: Map<string, Buffer>

beforeAll(async () => {
  const store = await startTestStore({ name: LIFE })
  shop = await readShop(store)
  others = await othersLive(store, shop, subject)
  const before = await readRows(store.database)
  story = await liveThrough(store, shop, subject)
  own = newKeys(before, await readRows(store.database))
  await strangerRedeems(store, others, story)
  map = (await ok(store.officer.get("/admin/privacy-data-map"))).data_map.tables
  files = readStorage()
  await store.stop()
  const database = await Database.connect(store.databaseUrl)
  const planted = await plantCanaries(database, map, own)
  story.words.push(...(await leaveOwnRecords(database, subject, story.account.id)))
  await database.close()
  // The life was a full one: of all tables the map calls personal, only these had nothing to be erased.
  const personal = map.filter(({ columns }) => columns.some(({ category }) => category !== "technical")).map(({ table }) => table)
  const untouched = new Set(personal.filter((table) => !own.get(`public.${table}`)?.size))
  expect([...untouched].sort()).toEqual(WITHOUT_ROWS)
  expect(Object.keys(planted).length).toBeGreaterThan(100)
}, 400_000)

const words = () => [...wordsOf(subject), "CANARY-", story.account.token, ...story.words]

const isOwn = ({ table, key }: Pick<Difference, "table" | "key">) => own.get(table)?.has(key) ?? false

/** The plugin's own tables and queue: they change, and are searched like all others. */
const isPlugin = ({ table }: Pick<Difference, "table">) => /^(public\.privacy_|privacy_jobs\.)/.test(table)

/** Whole rows that go. */
const GO = {
  anonymize: [
    "auth_identity", "auth_mfa_factor", "auth_mfa_recovery_code", "auth_password_reset_token", "auth_verification", "provider_identity",
    "order_claim_item_image", "cart_address", "workflow_execution",
  ],
  delete: ["account_holder", "customer", "customer_account_holder", "customer_address", "customer_group_customer", "customer_subscription", "notification"],
}

/** Columns the erasure sets besides those the data map names. */
const ALSO_SET = new Set([
  "customer.deleted_at", "customer.has_account", "loyalty_gift_card.status", "loyalty_gift_card.expires_at", "order.no_notification",
  // It is cancelled, and nothing is ordered any more.
  "subscription.status", "subscription.next_order_date",
  // The list is about others, too, and only the subject's place in it is anybody's.
  "price_list_rule.value",
])

/** What is open is forced: the life of the subject ends in the middle of a claim and an exchange. */
const OVERRIDE = ["open_order", "unpaid_order", "refund_due", "open_fulfillment", "open_return", "open_claim", "open_exchange", "open_order_change"]

describe.each(["anonymize", "delete"] as const)("after %s", (method) => {
  let store: TestStore
  let request: { id: string }
  let before: Rows
  let after: Rows
  let found: Difference[]
  let factsBefore: Record<string, unknown>
  let reset: string

  beforeAll(async () => {
    restoreStorage(files)
    store = await startTestStore({ name: `canary_${method}`, databaseUrl: await copyDatabase(`store_${LIFE}`, `store_canary_${method}`) })
    factsBefore = await readOrderFacts(store, story)
    // Whatever is cached on reading is in the cache now.
    await openOrderPages(store, story)
    reset = await resetToken(store.database, subject.email)
    // The life was lived at another port; to the file provider of this store a file there would be another shop's.
    await store.database.rows("UPDATE order_claim_item_image SET url = regexp_replace(url, '^http://[^/]+', $1)", [store.url])
    before = await readRows(store.database)
    request = await erase(store, { id: story.account.id, email: subject.email }, { method, override: OVERRIDE, reason: "They asked for it" })
    expect(request).toMatchObject({ status: "complete", totals: { complete: 1 } })
    await delivered(store, request.id)
    after = await readRows(store.database)
    found = differences(before, after)
  }, 240_000)

  afterAll(() => store?.stop())

  it("nothing in the database tells who it was", () => {
    // A flatmate has the same street and telephone: what was not the subject's and is unchanged may hold what it held.
    const othersAsBefore = (table: string, key: string, row: string) =>
      !isPlugin({ table }) && !isOwn({ table, key }) && before.get(table)?.get(key) === row
    expect(rowsWith(after, words(), othersAsBefore)).toEqual([])
  })

  it("nothing in the files and the log tells who it was", () => {
    expect(filesWith(words())).toEqual([])
    expect(linesWith(store.log, words())).toEqual([])
  })

  it("the search would have found it all", () => {
    expect(rowsWith(before, words()).length).toBeGreaterThan(300)
    restoreStorage(files)
    expect(filesWith(words()).length).toBeGreaterThanOrEqual(2)
  })

  it("no row of anybody else has changed by a byte", () => {
    const foreign = found.filter((difference) => !isOwn(difference) && !isPlugin(difference))
    const unexpected = foreign.filter(({ table, kind }) => {
      // The debits that bring the subject's balances to zero, and the record deleted customers' orders go to.
      const made = kind === "new" && (table === "public.store_credit_account_transaction" || (method === "delete" && table === "public.customer"))
      // Staff's message about an order export stays; the file with everybody's orders in it is gone.
      return !made
    })
    expect(unexpected.map(({ table, key, kind, columns }) => `${table} ${key} ${kind} ${columns}`)).toEqual([])
  })

  it("of the subject's own rows only what is personal has changed", () => {
    const personal = new Set(map.flatMap(({ table, columns }) => columns.filter(({ category }) => category !== "technical").map(({ name }) => `${table}.${name}`)))
    const references = method === "delete" ? /\.(customer_id|receiver_id)$/ : /^$/
    const gone = new Set(method === "delete" ? [...GO.anonymize, ...GO.delete] : GO.anonymize)
    const unexpected = found.filter(isOwn).flatMap(({ table: full, key, kind, columns }) => {
      const table = full.replace("public.", "")
      if (kind === "gone") {
        return gone.has(table) ? [] : [`${table} ${key} gone`]
      }
      return columns
        .map((column) => `${table}.${column}`)
        .filter((column) => !personal.has(column) && !ALSO_SET.has(column) && !references.test(column) && !column.endsWith(".updated_at"))
    })
    expect([...new Set(unexpected)]).toEqual([])
  })

  it("city, postcode and country stay", () => {
    for (const table of ["order_address", "fulfillment_address"]) {
      const keys = [...(own.get(`public.${table}`) ?? [])]
      expect(keys.length).toBeGreaterThan(3)
      for (const key of keys) {
        const { city, postal_code, country_code } = JSON.parse(before.get(`public.${table}`)?.get(key) as string)
        expect(JSON.parse(after.get(`public.${table}`)?.get(key) as string)).toMatchObject({ city, postal_code, country_code })
      }
    }
  })

  it("every order adds up as before", async () => {
    expect(await readOrderFacts(store, story)).toEqual(factsBefore)
  })

  it("every page about the orders opens and names nobody, out of no cache either", async () => {
    const pages = [...(await openOrderPages(store, story))]
    expect(pages.filter(([, { status }]) => status !== 200).map(([path]) => path)).toEqual([])
    // Street and telephone are the flatmate's too.
    const names = matcher(["CANARY-", subject.email.split("@")[0], subject.first_name, subject.last_name, ...story.words])
    expect(pages.filter(([, { text }]) => names.test(text)).map(([path, { text }]) => `${path}: ${names.exec(text)?.[0]}`)).toEqual([])
  })

  it("no other request about the subject waits to be tried again", async () => {
    const rows = await store.database.rows(
      "SELECT s.status, s.identifier FROM privacy_subject AS s WHERE s.customer_id = $1 AND s.request_id <> $2 AND (s.identifier IS NOT NULL OR s.status IN ('held', 'failed'))",
      [story.account.id, request.id]
    )
    expect(rows).toEqual([])
    expect(await store.database.rows("SELECT reason FROM privacy_legal_hold WHERE customer_id = $1", [story.account.id])).toEqual([{ reason: "[erased]" }])
  })

  it("the ledger knows the subject by the address", async () => {
    const list = { type: "erasure", identifier_type: "email", identifiers: [subject.email.toUpperCase()] }
    expect((await ok(store.officer.post("/admin/privacy-requests/preview", list))).preview).toMatchObject({ erased: 1, matched: 0, not_found: 0 })
  })

  it("the customer is gone from the Customers page", async () => {
    const { customers } = await ok(store.officer.get("/admin/customers?limit=500&fields=id,email"))
    const ids = customers.map(({ id }: { id: string }) => id)
    expect(ids).not.toContain(story.account.id)
    expect(ids).toContain(others.stranger.id)
    expect((await ok(store.officer.get(`/admin/customers?q=${encodeURIComponent(subject.email)}`))).count).toBe(0)
  })

  it("the orders stand under one customer", async () => {
    const rows = await store.database.rows<{ id: string; email: string; customer_id: string }>(
      `SELECT c.id, c.email, o.customer_id FROM "order" AS o LEFT JOIN customer AS c ON c.id = o.customer_id WHERE o.id = ANY($1)`,
      [story.orders.map(({ id }) => id)]
    )
    expect(rows.every(({ id }) => id)).toBe(true)
    const emails = new Set(rows.map(({ email }) => email))
    expect(emails.size).toBe(1)
    expect([...emails][0]).toMatch(method === "delete" ? /^unknown-customer@/ : /^erased-[0-9a-f]{20}@erased\.invalid$/)
    if (method === "delete") {
      expect(new Set(rows.map(({ id }) => id)).size).toBe(1)
    }
  })

  it("a second run changes nothing", async () => {
    await store.database.rows("UPDATE privacy_subject SET status = 'failed' WHERE request_id = $1", [request.id])
    const unchanged = (rows: Rows) => new Map([...rows].filter(([table]) => !isPlugin({ table }) || table === "public.privacy_ledger_entry"))
    const first = unchanged(await readRows(store.database))
    await ok(store.officer.post(`/admin/privacy-requests/${request.id}/retry`))
    expect(await finished(store, request.id)).toMatchObject({ status: "complete", totals: { complete: 1 } })
    await delivered(store, request.id)
    expect(differences(first, unchanged(await readRows(store.database)))).toEqual([])
  })

  it("old token, password and reset link are dead", async () => {
    const { email, password } = subject
    const me = await store.shop.as(story.account.token).get("/store/customers/me")
    expect(me.status).toBe(401)
    expect((await store.shop.post("/auth/customer/emailpass", { email, password })).status).toBe(401)
    expect((await store.shop.as(reset).post("/auth/customer/emailpass/update", { password: "quite another password" })).status).toBe(401)
  })

  it("what the subject gave away and did not redeem is worth nothing, what was redeemed is the stranger's", async () => {
    const [redeemed, unspent] = story.boughtCards
    const flatmate = store.shop.as(others.flatmate.token)
    for (const { account } of [redeemed, unspent]) {
      expect((await flatmate.post("/store/store-credit-accounts/claim", { code: account })).status).toBeGreaterThanOrEqual(400)
    }
    const { cart } = await ok(flatmate.post("/store/carts", { region_id: shop.region, items: [{ variant_id: shop.variants["tent"], quantity: 1 }] }))
    for (const { code } of story.boughtCards) {
      expect((await flatmate.post(`/store/carts/${cart.id}/gift-cards`, { code })).status).toBeGreaterThanOrEqual(400)
    }
    const { store_credit_accounts } = await ok(store.officer.get(`/admin/store-credit-accounts?customer_id=${others.stranger.id}&fields=id,balance`))
    expect(Number(store_credit_accounts[0].balance)).toBeCloseTo(11 + redeemed.value, 1)
  })

  it("a captured payment can still be refunded", async () => {
    const { payment } = await ok(store.officer.post(`/admin/payments/${story.refundable.payment}/refund`, { amount: 5 }))
    expect(payment.refunds.map(({ amount }: { amount: number }) => amount)).toContain(5)
  })

  it("the same address registers again as somebody new", async () => {
    const account = await openAccount(store, subject)
    expect(account.id).not.toBe(story.account.id)
    expect((await ok(account.http.get("/store/orders"))).orders).toEqual([])
    const order = await ordering(store, shop).buy(account.http, subject, [{ variant_id: shop.variants["steel-bottle"], quantity: 1 }])
    const { orders } = await ok(account.http.get("/store/orders"))
    expect(orders.map(({ id }: { id: string }) => id)).toEqual([order.id])
    expect((await ok(account.http.get("/store/customers/me/addresses"))).addresses).toEqual([])
    expect((await ok(account.http.get("/store/store-credit-accounts?currency_code=eur"))).store_credit_accounts).toEqual([])
    const { customer_privacy } = await ok(store.officer.get(`/admin/customers/${account.id}/privacy`))
    expect(customer_privacy.status).toBe("active")
  })
})
