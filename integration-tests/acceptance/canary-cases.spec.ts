import { ok } from "../support/http"
import { delivered, erase } from "../support/requests"
import { sharedStore, startTestStore, type TestStore } from "../support/test-store"
import { logIn, openAccount, ordering, readShop, type Shop } from "./canary/life"
import { inventPerson, type Person } from "./canary/person"
import { differences, newKeys, readRows, type Rows } from "./canary/rows"
import { rowsWith, wordsOf } from "./canary/words"

/** Who is hard to find, and who is easily mistaken for somebody else. */
let store: TestStore
let shop: Shop

beforeAll(async () => {
  store = await sharedStore()
  shop = await readShop(store)
})

afterAll(() => store.stop())

const wordsLeft = async (person: Person) => rowsWith(await readRows(store.database), wordsOf(person))

async function eraseNow(customer: { id: string; email: string }, choices?: Parameters<typeof erase>[2]) {
  const request = await erase(store, customer, choices)
  expect(request).toMatchObject({ status: "complete", totals: { complete: 1 } })
  await delivered(store, request.id)
}

/** An account with an address, an order that has arrived, and a cart. */
async function customerWithHistory(person: Person) {
  const does = ordering(store, shop)
  const account = await openAccount(store, person)
  await ok(account.http.post("/store/customers/me", { phone: person.phone, company_name: person.company_name }))
  await ok(account.http.post("/store/customers/me/addresses", person.address))
  const order = await does.buyAndReceive(account.http, person, [{ variant_id: shop.variants["steel-bottle"], quantity: 1 }], `CASE-${person.last_name}`)
  const cart = await does.fillCart(account.http, person, [{ variant_id: shop.variants["steel-bottle"], quantity: 1, metadata: { for: person.last_name } }])
  return { account, order, cart }
}

/** Differences outside the plugin's own tables and the rows given. */
const changesBeside = (before: Rows, after: Rows, own: Map<string, Set<string>>) =>
  differences(before, after)
    .filter(({ table, key }) => !/^(public\.privacy_|privacy_jobs\.)/.test(table) && !own.get(table)?.has(key))
    .map(({ table, key, kind, columns }) => `${table} ${key} ${kind} ${columns}`)

describe.each(["anonymize", "delete"] as const)("%s", (method) => {
  it("scrubs what was deleted before: Medusa only marks it", async () => {
    const person = inventPerson("softly")
    const before = await readRows(store.database)
    const { account } = await customerWithHistory(person)
    const own = newKeys(before, await readRows(store.database))
    await ok(store.officer.delete(`/admin/customers/${account.id}`))
    // What Medusa's modules do when a record is deleted with all that belongs to it.
    for (const table of await tablesOfRecords()) {
      const ids = [...(own.get(`public.${table}`) ?? [])]
      await store.database.rows(`UPDATE "${table}" SET deleted_at = now() WHERE deleted_at IS NULL AND id = ANY($1)`, [ids])
    }
    expect((await wordsLeft(person)).length).toBeGreaterThan(5)

    await eraseNow({ id: account.id, email: person.email }, { method })

    expect(await wordsLeft(person)).toEqual([])
  })

  it("scrubs an account the shop deleted earlier under the same address", async () => {
    const earlier = inventPerson("again")
    const { account } = await customerWithHistory(earlier)
    await ok(store.officer.delete(`/admin/customers/${account.id}`))
    const later = { ...inventPerson("again"), email: earlier.email }
    const { account: second } = await customerWithHistory(later)
    expect(second.id).not.toBe(account.id)

    await eraseNow({ id: second.id, email: later.email }, { method })

    expect(await wordsLeft(earlier)).toEqual([])
    expect(await wordsLeft(later)).toEqual([])
  })

  it("takes no empty address for anybody's", async () => {
    const { customer: nameless } = await ok(store.officer.post("/admin/customers", { first_name: "Without", last_name: "Address" }))
    const { customer: other } = await ok(store.officer.post("/admin/customers", { first_name: "Likewise", last_name: "Without" }))
    const carts = []
    for (const email of [null, "", "  "]) {
      const { cart } = await ok(store.shop.post("/store/carts", { region_id: shop.region, metadata: { secret: "somebody's" } }))
      await store.database.rows("UPDATE cart SET email = $2 WHERE id = $1", [cart.id, email])
      carts.push(cart.id)
    }
    await store.database.rows(`INSERT INTO notification (id, "to", channel, template, status) VALUES ($1, '', 'email', 'empty', 'success')`, [`noti_empty_${other.id}`])
    const before = await readRows(store.database)

    await eraseNow({ id: nameless.id, email: nameless.id }, { method })

    const after = await readRows(store.database)
    const unknown = newKeys(before, after).get("public.customer") ?? new Set()
    expect(changesBeside(before, after, new Map([["public.customer", new Set([nameless.id, ...unknown])]]))).toEqual([])
  })

  it("leaves a member of staff the admin login that is also the customer's", async () => {
    const person = inventPerson("staff")
    const { account } = await customerWithHistory(person)
    const { user } = await staffOf(person)

    await eraseNow({ id: account.id, email: person.email }, { method })

    const admin = await ok(store.anonymous.post("/auth/user/emailpass", { email: person.email, password: person.password }))
    expect((await store.anonymous.as(admin.token).get("/admin/users/me")).body.user.id).toBe(user)
    expect((await store.shop.as(account.token).get("/store/customers/me")).status).toBe(401)
    const shopper = await store.shop.post("/auth/customer/emailpass", { email: person.email, password: person.password })
    expect((await store.shop.as(shopper.body.token ?? "none").get("/store/customers/me")).status).toBe(401)
    const { app_metadata } = await store.database.row(
      `SELECT app_metadata FROM auth_identity WHERE id = (SELECT auth_identity_id FROM provider_identity WHERE entity_id = $1)`,
      [person.email]
    )
    expect(app_metadata).toEqual({ user_id: user })
    // The address is now that of the member of staff alone.
    const left = (await wordsLeft(person)).filter((row) => !/^public\.(user|provider_identity) /.test(row))
    expect(left).toEqual([])
  })

  it("is forgotten by the history of an order that went to another account", async () => {
    const [person, heir] = [inventPerson("giver"), inventPerson("heir")]
    const { account, order } = await customerWithHistory(person)
    const other = await openAccount(store, heir)
    await ok(store.officer.post(`/admin/orders/${order.id}/transfer`, { customer_id: other.id, update_order_email: true }))
    const { token } = await store.database.row(
      "SELECT details ->> 'token' AS token FROM order_change_action WHERE order_id = $1 AND action = 'TRANSFER_CUSTOMER'",
      [order.id]
    )
    await ok(store.shop.post(`/store/orders/${order.id}/transfer/accept`, { token }))
    const before = await store.database.row(`SELECT to_jsonb(o) AS row FROM "order" AS o WHERE id = $1`, [order.id])
    expect(before.row.customer_id).toBe(other.id)

    await eraseNow({ id: account.id, email: person.email }, { method })

    expect(await store.database.row(`SELECT to_jsonb(o) AS row FROM "order" AS o WHERE id = $1`, [order.id])).toEqual(before)
    expect(rowsWith(await readRows(store.database), [person.email])).toEqual([])
    expect((await store.officer.get(`/admin/orders/${order.id}/changes`)).status).toBe(200)
    expect((await ok(store.shop.as(other.token).get("/store/orders"))).orders).toHaveLength(1)
  })

  it("leaves the account alone when a guest with the same address is erased", async () => {
    const guest = inventPerson("both")
    await ordering(store, shop).buyAndReceive(store.shop, guest, [{ variant_id: shop.variants["steel-bottle"], quantity: 1 }], `GUEST-${guest.last_name}`)
    const { id } = await store.database.row<{ id: string }>("SELECT id FROM customer WHERE email = $1 AND NOT has_account", [guest.email])
    const own = await readRows(store.database)
    const person = { ...inventPerson("both"), email: guest.email }
    const { account } = await customerWithHistory(person)
    await store.database.rows(
      `INSERT INTO notification (id, "to", channel, template, receiver_id, status) VALUES ($1, $2, 'email', 'welcome', $3, 'success')`,
      [`noti_account_${account.id}`, person.email, account.id]
    )
    const before = await readRows(store.database)
    const accounts = newKeys(own, before)

    await eraseNow({ id, email: guest.email }, { method })

    const changed = differences(before, await readRows(store.database)).filter(({ table, key }) => accounts.get(table)?.has(key))
    expect(changed).toEqual([])
    await logIn(store, person)
    expect((await store.shop.as(account.token).get("/store/customers/me")).status).toBe(200)
    expect(rowsWith(await readRows(store.database), [guest.last_name, guest.phone, guest.address.address_1])).toEqual([])
  })
})

describe("with anonymised customers left on the Customers page", () => {
  it("shows one record, though the subject had an account and was a guest as well", async () => {
    const shown = await startTestStore({ name: "canary_shown", options: { show_anonymized_customers: true } })
    const person = inventPerson("shown")
    const ownShop = await readShop(shown)
    const line = { variant_id: ownShop.variants["steel-bottle"], quantity: 1 }
    await ordering(shown, ownShop).buyAndReceive(shown.shop, person, [line], `SHOWN-${person.last_name}`)
    const account = await openAccount(shown, person)

    const request = await erase(shown, { id: account.id, email: person.email })

    expect(request).toMatchObject({ status: "complete", totals: { complete: 1 } })
    expect(rowsWith(await readRows(shown.database), wordsOf(person))).toEqual([])
    const live = await shown.database.rows(
      "SELECT id FROM customer WHERE deleted_at IS NULL AND email = (SELECT email FROM customer WHERE id = $1)",
      [account.id]
    )
    expect(live).toEqual([{ id: account.id }])
    await shown.stop()
  })
})

/** Tables of orders, carts and all that belongs to them. */
async function tablesOfRecords(): Promise<string[]> {
  const rows = await store.database.rows<{ table: string }>(
    `SELECT table_name AS table FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name IN ('id', 'deleted_at')
       AND table_name ~ '^(order|cart|customer|payment|capture|fulfillment|return|reservation|account_holder)'
     GROUP BY table_name HAVING count(*) = 2`
  )
  return rows.map(({ table }) => table)
}

/** Makes somebody who shops here a member of staff, with one login for both, as accepting an invite when logged in does. */
async function staffOf(person: Person): Promise<{ user: string }> {
  const user = `user_canary_${Date.now()}`
  await store.database.rows(`INSERT INTO "user" (id, email, first_name, last_name) VALUES ($1, $2, 'Member', 'Of Staff')`, [user, person.email])
  await store.database.rows(
    `UPDATE auth_identity SET app_metadata = app_metadata || jsonb_build_object('user_id', $1::text)
     FROM provider_identity AS p WHERE p.auth_identity_id = auth_identity.id AND p.entity_id = $2`,
    [user, person.email]
  )
  return { user }
}
