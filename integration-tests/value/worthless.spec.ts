import { inventPerson, type Person } from "../acceptance/canary/person"
import { openAccount, ordering, readShop, type Account, type Shop } from "../acceptance/canary/life"
import { ok } from "../support/http"
import { erase } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

/** Sent to friends stays with the friends here; `gifted` says so. The other store voids everything, as by default. */
const OFFICERS = [{ user: "admin@demo.test", permissions: ["all"] as const }]

let store: TestStore
let shop: Shop
let does: ReturnType<typeof ordering>
let stranger: { person: Person; account: Account }

beforeAll(async () => {
  store = await startTestStore({
    name: "value",
    options: { officers: OFFICERS as never, value: { gifted_cards: "keep", recipient_keys: ["recipient_email"] } },
  })
  shop = await readShop(store)
  does = ordering(store, shop)
  stranger = await newcomer("stranger")
})

afterAll(() => store?.stop())

async function newcomer(name: string) {
  const person = inventPerson(name)
  return { person, account: await openAccount(store, person) }
}

interface Card {
  id: string
  code: string
  value: number
  status: string
  store_credit_account: { id: string; code: string }
}

/** Gift cards the customer buys, as the loyalty plugin makes them from the order. */
async function buyCards({ person, account }: typeof stranger, quantity: number, metadata: Record<string, unknown> = {}): Promise<Card[]> {
  const order = await does.buy(account.http, person, [{ variant_id: shop.variants["gift-card"], quantity, metadata }])
  await does.capture(order)
  let cards: Card[] = []
  await until(async () => {
    const answer = await ok(store.officer.get(`/admin/gift-cards?reference_id=${order.id}&fields=id,code,status,value,store_credit_account.id,store_credit_account.code`))
    cards = answer.gift_cards.filter(({ status }: Card) => status === "redeemed")
    return cards.length === quantity
  })
  await store.database.rows(`UPDATE "order" SET status = 'completed' WHERE id = $1`, [order.id])
  return cards
}

const newCard = async (code: string): Promise<Card> =>
  (await ok(store.officer.post("/admin/gift-cards?fields=id,code,value,status,store_credit_account.id,store_credit_account.code", { code, value: 30, currency_code: "eur" }))).gift_card

async function credit({ account }: typeof stranger, amount: number): Promise<string> {
  const { store_credit_account } = await ok(store.officer.post("/admin/store-credit-accounts", { currency_code: "eur", customer_id: account.id }))
  await ok(store.officer.post(`/admin/store-credit-accounts/${store_credit_account.id}/credit`, { amount }))
  return store_credit_account.id
}

const balance = async (accountId: string) => (await ok(store.officer.get(`/admin/store-credit-accounts/${accountId}`))).store_credit_account.balance

const emptyCart = async () => does.fillCart(stranger.account.http, stranger.person, [{ variant_id: shop.variants["tent"], quantity: 1 }])

/** Tries everything a shopper can do with a card or the code of an account, by the old words and by those that stand there now. */
async function expectWorthless(card: Card) {
  const now = await store.database.row<{ code: string; account: string; status: string }>(
    `SELECT g.code, g.status, a.code AS account FROM loyalty_gift_card AS g
     JOIN loyalty_gift_card_store_credit_store_credit_account AS l ON l.gift_card_id = g.id JOIN store_credit_account AS a ON a.id = l.store_credit_account_id
     WHERE g.id = $1`,
    [card.id]
  )
  const { http } = stranger.account
  for (const code of [card.code, now.code]) {
    const answer = await http.post(`/store/carts/${await emptyCart()}/gift-cards`, { code })
    expect([code, answer.status]).toEqual([code, 400])
  }
  for (const code of [card.store_credit_account.code, now.account].filter(Boolean)) {
    const answer = await http.post("/store/store-credit-accounts/claim", { code })
    expect(answer.status).toBeGreaterThanOrEqual(400)
  }
  const redeemed = await store.officer.post(`/admin/gift-cards/${card.id}/redeem`, {})
  expect(redeemed.status).toBeGreaterThanOrEqual(400)
  expect(now.account).toBeNull()
  expect(await balance(card.store_credit_account.id)).toBe(0)
}

describe.each(["anonymize", "delete"] as const)("what an erased customer had to spend (%s)", (method) => {
  it("can be spent by no route of the shop", async () => {
    const subject = await newcomer("spender")
    const account = await credit(subject, 42.5)
    const [bought] = await buyCards(subject, 1)
    const held = await newCard(`HELD-${method}-${Date.now()}`)
    const cart = await does.fillCart(subject.account.http, subject.person, [{ variant_id: shop.variants["tent"], quantity: 1 }])
    await ok(subject.account.http.post(`/store/carts/${cart}/gift-cards`, { code: held.code }))
    await ok(subject.account.http.post(`/store/carts/${cart}/store-credits`, { amount: 15 }))

    const request = await erase(store, { id: subject.account.id, email: subject.person.email }, { method })

    expect(request).toMatchObject({ totals: { complete: 1 } })
    await expectWorthless(bought)
    await expectWorthless(held)
    expect(await balance(account)).toBe(0)
    const completed = await store.shop.post(`/store/carts/${cart}/complete`)
    expect(completed.body?.type).not.toBe("order")
    const { subjects } = await ok(store.officer.get(`/admin/privacy-requests/${request.id}/subjects`))
    expect(subjects[0].value).toEqual([{ currency_code: "eur", store_credit: 42.5, gift_cards: held.value + bought.value }])
  })

  it("does not come back by a refund of an old order to store credit", async () => {
    const subject = await newcomer("refunded")
    const account = await credit(subject, 10)
    const order = await does.buyAndReceive(subject.account.http, subject.person, [{ variant_id: shop.variants["tent"], quantity: 1 }], "TRACK-REFUND")
    await store.database.rows(`UPDATE "order" SET status = 'completed' WHERE id = $1`, [order.id])
    expect(await erase(store, { id: subject.account.id, email: subject.person.email }, { method })).toMatchObject({ totals: { complete: 1 } })

    const refund = await store.officer.post(`/admin/orders/${order.id}/credit-lines`, { amount: -5, reference: "goodwill", reference_id: order.id })
    expect(refund.status).toBeGreaterThanOrEqual(400)
    expect(await balance(account)).toBe(0)
    const { owed } = await store.database.row(
      `SELECT coalesce(sum(CASE WHEN x.type = 'credit' THEN x.amount ELSE -x.amount END), 0)::float AS owed FROM store_credit_account AS a
       JOIN store_credit_account_transaction AS x ON x.account_id = a.id AND x.deleted_at IS NULL
       JOIN customer AS c ON c.id = a.customer_id WHERE c.email LIKE '%.invalid'`
    )
    expect(owed).toBe(0)
    // What the order is worth can still go back to the card it was paid with.
    await ok(store.officer.post(`/admin/payments/${order.payment}/refund`, { amount: 5 }))
  })

  it("a card bought for somebody else stays with them where the shop says so, without the words on it", async () => {
    const subject = await newcomer("giver")
    const [gift] = await buyCards(subject, 1, { recipient_email: stranger.person.email, message: `From ${subject.person.first_name}` })
    const [own] = await buyCards(subject, 1, { recipient_email: ` ${subject.person.email.toUpperCase()} ` })
    await ok(store.officer.post(`/admin/gift-cards/${gift.id}`, { note: `Bought by ${subject.person.last_name}`, metadata: { to: stranger.person.email } }))

    const customer = { id: subject.account.id, email: subject.person.email }
    expect(await erase(store, customer, { method })).toMatchObject({ totals: { complete: 1 } })

    await expectWorthless(own)
    expect(await store.database.row("SELECT code, note, metadata, status FROM loyalty_gift_card WHERE id = $1", [gift.id])).toEqual({
      code: gift.code,
      note: null,
      metadata: { privacy_gifted: true },
      status: "redeemed",
    })
    await ok(stranger.account.http.post(`/store/carts/${await emptyCart()}/gift-cards`, { code: gift.code }))
    expect(await balance(gift.store_credit_account.id)).toBe(gift.value)
  })
})

describe("hold until settled", () => {
  it("holds whoever has something left, and lets them go once it is settled", async () => {
    const subject = await newcomer("patient")
    const account = await credit(subject, 12)
    const { privacy_request } = await ok(
      store.officer.post(`/admin/customers/${subject.account.id}/anonymize`, { email: subject.person.email, value: "hold" })
    )
    const finished = async () => {
      let request: any
      await until(async () => {
        request = (await ok(store.officer.get(`/admin/privacy-requests/${privacy_request.id}`))).privacy_request
        return request.status === "complete"
      })
      return request
    }
    expect(await finished()).toMatchObject({ hold_value: true, totals: { held: 1, complete: 0 } })
    const { subjects } = await ok(store.officer.get(`/admin/privacy-requests/${privacy_request.id}/subjects`))
    expect(subjects[0].holds).toEqual([expect.objectContaining({ code: "unspent_value", severity: "block", message: expect.stringContaining("12 EUR") })])
    expect(await balance(account)).toBe(12)

    await ok(store.officer.post(`/admin/store-credit-accounts/${account}/debit`, { amount: 12 }))
    await ok(store.officer.post(`/admin/privacy-requests/${privacy_request.id}/retry`))
    expect(await finished()).toMatchObject({ totals: { held: 0, complete: 1 } })
  })

  it("refuses another word", async () => {
    const subject = await newcomer("typo")
    const answer = await store.officer.post(`/admin/customers/${subject.account.id}/anonymize`, { email: subject.person.email, value: "keep" })
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toContain("value")
  })
})

describe("a checkout racing the erasure", () => {
  it("never spends what the erasure took: either the order was first and holds it, or the checkout fails", async () => {
    const outcomes: string[] = []
    for (let round = 0; round < 4; round += 1) {
      const subject = await newcomer("racer")
      const account = await credit(subject, 500)
      const { http } = subject.account
      const cart = await does.fillCart(http, subject.person, [{ variant_id: shop.variants["tent"], quantity: 1 }])
      await ok(http.post(`/store/carts/${cart}`, { shipping_address: subject.person.address, billing_address: subject.person.address }))
      await ok(http.post(`/store/carts/${cart}/shipping-methods`, { option_id: shop.shipping }))
      await ok(http.post(`/store/carts/${cart}/store-credits`, { amount: 20 }))
      const { payment_collection } = await ok(http.post("/store/payment-collections", { cart_id: cart }))
      await ok(http.post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" }))

      const [checkout, request] = await Promise.all([
        http.post(`/store/carts/${cart}/complete`),
        new Promise((resolve) => setTimeout(resolve, round * round * 60)).then(() => erase(store, { id: subject.account.id, email: subject.person.email })),
      ])
      const ordered = (checkout.body as any)?.type === "order"
      outcomes.push(`${ordered ? "ordered" : "refused"}, ${request.totals.complete ? "erased" : "held"}`)
      const left = await balance(account)
      expect(left).toBeGreaterThanOrEqual(0)
      if (request.totals.complete) {
        expect(left).toBe(0)
        const after = await store.database.rows(
          `SELECT x.id FROM store_credit_account_transaction AS x WHERE x.account_id = $1 AND x.reference = 'cart' AND x.created_at >
             (SELECT created_at FROM store_credit_account_transaction WHERE account_id = $1 AND reference = 'privacy-erasure')`,
          [account]
        )
        expect(after).toEqual([])
      } else {
        expect([ordered, left]).toEqual([true, 480])
      }
    }
    process.stdout.write(`value: ${outcomes.join("; ")}\n`)
  })
})
