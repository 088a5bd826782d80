import { ok } from "../../support/http"
import type { TestStore } from "../../support/test-store"
import { logIn, openAccount, ordering, type Account, type Placed, type Shop } from "./life"
import type { Person } from "./person"
import { leaveBySql } from "./traces"

/** The life of one customer in the store, and what must be looked for afterwards. */
export interface Story {
  account: Account
  orders: Placed[]
  /** An order whose payment is captured and can still be refunded. */
  refundable: Placed
  draft: string
  returns: string[]
  claim: string
  exchange: string
  /** Codes of the store credit accounts behind two gift cards the customer bought for somebody else, not spent yet. */
  boughtCards: { code: string; account: string; value: number }[]
  /** Words that were said only here: notes, tokens, file names. */
  words: string[]
}

const upper = ({ email, ...person }: Person): Person => ({ ...person, email: email.toUpperCase() })

/**
 * Lives through everything Medusa 2.21 and the loyalty plugin let a customer do or staff do about one, over HTTP. What has no route
 * (a mail that was sent, a review in the demo's own module, the picture on a claim) is written as the responsible module would.
 */
export async function liveThrough(store: TestStore, shop: Shop, person: Person): Promise<Story> {
  const { officer } = store
  const does = ordering(store, shop)
  const words: string[] = []
  const say = (text: string) => {
    words.push(text)
    return text
  }
  const of = (what: string) => say(`${what} of ${person.first_name} ${person.last_name}`)
  const { variants } = shop

  // Before there is an account, without logging in and with capitals in the address.
  const guest = upper(person)
  const guestOrder = await does.buyAndReceive(store.shop, guest, [{ variant_id: variants["camping-stove"], quantity: 1 }], say(`TRACK-${person.last_name}-3`))
  const transferred = await does.buyAndReceive(store.shop, guest, [{ variant_id: variants["steel-bottle"], quantity: 1 }], say(`TRACK-${person.last_name}-4`))
  await does.fillCart(store.shop, guest, [{ variant_id: variants["tent"], quantity: 1, metadata: { note: of("Guest cart") } }])

  const account = await openAccount(store, person)
  const { http } = account
  await profile()
  await securityTraces()

  // One order with everything: gift message, return and refund, claim, exchange, edit.
  const first = await does.buyAndReceive(
    http,
    person,
    [
      { variant_id: variants["merino-shirt"], quantity: 4, metadata: { gift_message: of("Gift message"), engraving: say(`engraved ${person.phone}`) } },
      { variant_id: variants["steel-bottle"], quantity: 3 },
    ],
    say(`TRACK-${person.last_name}-1`)
  )
  const returns = [await storeReturn(first), await adminReturn(first)]
  await ok(officer.post(`/admin/payments/${first.payment}/refund`, { amount: 10, note: of("Refund note") }))
  const claim = await makeClaim(first)
  const exchange = await makeExchange(first)

  const refundable = await does.buyAndReceive(http, person, [{ variant_id: variants["backpack"], quantity: 1 }], say(`TRACK-${person.last_name}-2`))
  await changeByStaff(refundable)
  await editOrder(refundable)

  await takeOver(transferred)

  const { draft, draftOrder } = await draftOrders()
  const { boughtCards, cardOrder, partly } = await giftCardsAndCredit()
  const promoted = await promotions()
  await abandonedCart()
  await staffTraces()
  words.push(...(await leaveBySql(store, { person, account, order: first.id, claim, guestOrder: guestOrder.id })))

  return {
    account,
    orders: [first, refundable, guestOrder, transferred, draftOrder, cardOrder, partly, promoted],
    refundable,
    draft,
    returns,
    claim,
    exchange,
    boughtCards,
    words,
  }

  async function profile() {
    await ok(http.post("/store/customers/me", { phone: person.phone, company_name: person.company_name, metadata: { nickname: of("Nickname"), birthday: say("1969-12-03T04:05") } }))
    const address = { ...person.address, address_name: of("Address"), metadata: { doorbell: of("Doorbell") } }
    await ok(http.post("/store/customers/me/addresses", address))
    // Deleted by the shopper: Medusa keeps the row.
    const { customer } = await ok(http.post("/store/customers/me/addresses", { ...address, address_1: say(`Altgasse ${person.last_name} 9`) }))
    const old = customer.addresses.find(({ address_1 }: any) => address_1.startsWith("Altgasse"))
    await ok(http.delete(`/store/customers/me/addresses/${old.id}`))
    const { customer_group } = await ok(officer.post("/admin/customer-groups", { name: `Bird group ${Date.now()}` }))
    await ok(officer.post(`/admin/customer-groups/${customer_group.id}/customers`, { add: [account.id] }))
  }

  async function securityTraces() {
    await store.shop.post("/auth/customer/emailpass/reset-password", { identifier: person.email, metadata: { asked_by: person.last_name } })
    await http.post("/auth/verification/request", { entity_id: person.email, entity_type: "email", metadata: { of: of("Verification") } })
    // A second registration that was never finished: same address, other casing.
    await store.shop.post("/auth/customer/emailpass/register", { email: upper(person).email, password: person.password })
  }

  async function storeReturn({ id, items }: Placed) {
    const { return: back } = await ok(
      http.post("/store/returns", {
        order_id: id,
        items: [{ id: items[0].id, quantity: 1, note: of("Return note") }],
        return_shipping: { option_id: shop.returnShipping },
        note: of("Why I return it"),
        location_id: shop.location,
      })
    )
    await receive(back.id, items[0].id)
    return back.id as string
  }

  async function adminReturn({ id, items }: Placed) {
    const { return: back } = await ok(
      officer.post("/admin/returns", {
        order_id: id,
        location_id: shop.location,
        description: of("Return description"),
        internal_note: of("Return internal note"),
        metadata: { said: of("Return metadata") },
      })
    )
    await ok(
      officer.post(`/admin/returns/${back.id}/request-items`, {
        items: [{ id: items[0].id, quantity: 1, description: of("Item description"), internal_note: of("Item note"), metadata: { said: of("Item metadata") } }],
      })
    )
    await ok(officer.post(`/admin/returns/${back.id}/request`, {}))
    await receive(back.id, items[0].id)
    return back.id as string
  }

  async function receive(id: string, item: string) {
    await ok(officer.post(`/admin/returns/${id}/receive`, { internal_note: of("Received") }))
    await ok(officer.post(`/admin/returns/${id}/receive-items`, { items: [{ id: item, quantity: 1, internal_note: of("Received item") }] }))
    await ok(officer.post(`/admin/returns/${id}/receive/confirm`, {}))
  }

  async function makeClaim({ id, items }: Placed) {
    const { claim } = await ok(
      officer.post("/admin/claims", {
        type: "replace",
        order_id: id,
        description: of("Claim description"),
        internal_note: of("Claim internal note"),
        metadata: { said: of("Claim metadata") },
      })
    )
    await ok(
      officer.post(`/admin/claims/${claim.id}/claim-items`, {
        items: [{ id: items[0].id, quantity: 1, reason: "production_failure", internal_note: of("Claim item note"), metadata: { said: of("Claim item") } }],
      })
    )
    await ok(officer.post(`/admin/claims/${claim.id}/outbound/items`, { items: [{ variant_id: variants["steel-bottle"], quantity: 1, internal_note: of("Replacement") }] }))
    await ok(officer.post(`/admin/claims/${claim.id}/request`, {}))
    return claim.id as string
  }

  async function makeExchange({ id, items }: Placed) {
    const { exchange } = await ok(
      officer.post("/admin/exchanges", { order_id: id, description: of("Exchange description"), internal_note: of("Exchange internal note"), metadata: { said: of("Exchange") } })
    )
    await ok(
      officer.post(`/admin/exchanges/${exchange.id}/inbound/items`, {
        location_id: shop.location,
        items: [{ id: items[1].id, quantity: 1, description: of("Exchange item"), internal_note: of("Exchange item note") }],
      })
    )
    await ok(officer.post(`/admin/exchanges/${exchange.id}/outbound/items`, { items: [{ variant_id: variants["steel-bottle"], quantity: 1, metadata: { said: of("Exchanged for") } }] }))
    await ok(officer.post(`/admin/exchanges/${exchange.id}/request`, {}))
    return exchange.id as string
  }

  /** Order history keeps old values: what was corrected is still there. */
  async function changeByStaff({ id }: Placed) {
    const [earlier, later] = [say(`Frühere Gasse ${person.last_name} 1`), say(`Spätere Gasse ${person.last_name} 2`)]
    for (const address_1 of [earlier, later]) {
      await ok(officer.post(`/admin/orders/${id}`, { shipping_address: { address_1, phone: person.phone }, billing_address: { address_1 } }))
    }
    await ok(officer.post(`/admin/orders/${id}`, { email: say(`work.${person.email}`), metadata: { remark: of("Staff remark") } }))
    await ok(officer.post(`/admin/orders/${id}`, { email: person.email }))
  }

  async function editOrder({ id }: Placed) {
    await ok(officer.post("/admin/order-edits", { order_id: id, description: of("Edit description"), internal_note: of("Edit note"), metadata: { said: of("Edit metadata") } }))
    await ok(
      officer.post(`/admin/order-edits/${id}/items`, {
        items: [{ variant_id: variants["steel-bottle"], quantity: 1, internal_note: of("Added item"), metadata: { said: of("Added item metadata") } }],
      })
    )
    await ok(officer.post(`/admin/order-edits/${id}/confirm`, {}))
  }

  async function takeOver({ id }: Placed) {
    await ok(http.post(`/store/orders/${id}/transfer/request`, { description: of("Transfer description") }))
    const { token } = await store.database.row<{ token: string }>(
      "SELECT details ->> 'token' AS token FROM order_change_action WHERE order_id = $1 AND action = 'TRANSFER_CUSTOMER'",
      [id]
    )
    await ok(store.shop.post(`/store/orders/${id}/transfer/accept`, { token: say(token) }))
  }

  async function draftOrders() {
    const make = async () => {
      const { draft_order } = await ok(
        officer.post("/admin/draft-orders", {
          email: person.email,
          customer_id: account.id,
          region_id: shop.region,
          shipping_address: person.address,
          billing_address: person.address,
          items: [{ variant_id: variants["steel-bottle"], quantity: 1, metadata: { note: of("Draft item") } }],
          shipping_methods: [{ name: "Standard", shipping_option_id: shop.shipping, amount: 5, data: { ring: of("Draft ring") } }],
          metadata: { phoned: of("Draft by phone") },
        })
      )
      return draft_order.id as string
    }
    const [draft, converted] = [await make(), await make()]
    await ok(officer.post(`/admin/draft-orders/${draft}`, { shipping_address: { ...person.address, address_1: say(`Entwurfsweg ${person.last_name} 7`) } }))
    await ok(officer.post(`/admin/draft-orders/${converted}/convert-to-order`, {}))
    return { draft, draftOrder: await does.load(converted) }
  }

  async function giftCardsAndCredit() {
    // Bought for a friend.
    const cardOrder = await does.buy(http, person, [
      { variant_id: variants["gift-card"], quantity: 2, metadata: { recipient_name: say(`Freundin von ${person.first_name}`), message: of("Card message") } },
    ])
    await does.capture(cardOrder)
    const bought = await eventually<any>(async () => {
      const { gift_cards } = await ok(officer.get(`/admin/gift-cards?reference_id=${cardOrder.id}&fields=id,code,status,value,store_credit_account.code`))
      const made = gift_cards.filter(({ status }: any) => status === "redeemed")
      return made.length === 2 ? made : []
    })
    for (const { id } of bought) {
      await ok(officer.post(`/admin/gift-cards/${id}`, { note: of("Card bought"), metadata: { recipient: of("Recipient") } }))
    }

    // Given by staff: one claimed into store credit, one waiting in a cart.
    const give = async (what: string) =>
      (
        await ok(
          officer.post("/admin/gift-cards", {
            code: say(`CARD-${what}-${person.last_name}`.toUpperCase()),
            value: 30,
            currency_code: "eur",
            note: of(`Card ${what}`),
            metadata: { recipient: of(`Recipient ${what}`) },
          })
        )
      ).gift_card
    const claimed = await give("claimed")
    const { store_credit_account } = (await ok(officer.get(`/admin/gift-cards/${claimed.id}?fields=id,store_credit_account.code`))).gift_card
    await ok(http.post("/store/store-credit-accounts/claim", { code: store_credit_account.code }))
    const waiting = await give("waiting")
    const cart = await does.fillCart(http, person, [{ variant_id: variants["tent"], quantity: 1 }])
    await ok(http.post(`/store/carts/${cart}/gift-cards`, { code: waiting.code }))

    // Spent: it pays a part of an order.
    const spent = await give("spent")
    const paid = await does.fillCart(http, person, [{ variant_id: variants["tent"], quantity: 1 }])
    await ok(http.post(`/store/carts/${paid}/gift-cards`, { code: spent.code }))
    const partly = await does.checkOut(http, person, paid)
    await does.capture(partly)
    await does.deliver(partly, person, say(`TRACK-${person.last_name}-6`))

    const { store_credit_accounts } = await ok(officer.get(`/admin/store-credit-accounts?customer_id=${account.id}`))
    await ok(officer.post(`/admin/store-credit-accounts/${store_credit_accounts[0].id}/credit`, { amount: 20, note: of("Credit note") }))
    await ok(http.post(`/store/carts/${cart}/store-credits`, { amount: 15 }))
    // An account of staff's making, with nothing but its metadata to say whose it is, then claimed.
    const { store_credit_account: anonymous } = await ok(
      officer.post("/admin/store-credit-accounts", { currency_code: "eur", metadata: { for: of("Anonymous credit") } })
    )
    await ok(officer.post(`/admin/store-credit-accounts/${anonymous.id}/credit`, { amount: 7, note: of("Anonymous credit note") }))
    await ok(http.post("/store/store-credit-accounts/claim", { code: anonymous.code }))
    return {
      boughtCards: bought.map(({ code, value, store_credit_account: { code: account } }: any) => ({ code, account, value })) as Story["boughtCards"],
      cardOrder,
      partly,
    }
  }

  async function promotions() {
    const { campaign } = await ok(
      officer.post("/admin/campaigns", {
        name: "Bird campaign",
        campaign_identifier: `birds-${Date.now()}`,
        budget: { type: "use_by_attribute", attribute: "customer_email", limit: 5 },
      })
    )
    const code = `BIRDS${Date.now()}`
    await ok(
      officer.post("/admin/promotions", {
        code,
        type: "standard",
        status: "active",
        campaign_id: campaign.id,
        rules: [{ attribute: "customer.id", operator: "in", values: [account.id] }, { attribute: "email", operator: "in", values: [person.email] }],
        application_method: { type: "percentage", target_type: "items", allocation: "across", value: 10, currency_code: "eur" },
      })
    )
    const cart = await does.fillCart(http, person, [{ variant_id: variants["rain-jacket"], quantity: 1 }])
    await ok(http.post(`/store/carts/${cart}/promotions`, { promo_codes: [code] }))
    const order = await does.checkOut(http, person, cart)
    await does.capture(order)
    await does.deliver(order, person, say(`TRACK-${person.last_name}-5`))
    return order
  }

  async function abandonedCart() {
    const cart = await does.fillCart(http, person, [{ variant_id: variants["tent"], quantity: 1, metadata: { note: of("Left behind") } }])
    // Corrected once: the first address is no longer the cart's.
    for (const address_1 of [`Erster Weg ${person.last_name} 1`, `Zweiter Weg ${person.last_name} 2`]) {
      await ok(http.post(`/store/carts/${cart}`, { shipping_address: { ...person.address, address_1: say(address_1) } }))
    }
    const { cart: full } = await ok(http.post(`/store/carts/${cart}/line-items`, { variant_id: variants["steel-bottle"], quantity: 1, metadata: { note: of("Removed item") } }))
    const removed = full.items.find(({ metadata }: any) => String(metadata?.note).startsWith("Removed item"))
    await ok(http.delete(`/store/carts/${cart}/line-items/${removed.id}`))
  }

  async function staffTraces() {
    await ok(
      officer.post("/admin/views/orders/configurations", {
        name: "Bird view",
        configuration: { visible_columns: ["display_id"], column_order: ["display_id"], filters: { email: person.email, customer_id: account.id }, search: person.email },
      })
    )
    await ok(officer.post("/admin/orders/export", {}))
    await eventually(async () => {
      const { notifications } = await ok(officer.get("/admin/notifications?channel=feed&order=-created_at"))
      const files = notifications.map(({ data }: any) => data?.file?.url).filter(Boolean)
      files.forEach((url: string) => say(url.split("/").pop() as string))
      return files
    })
    await logIn(store, person)
  }
}

/** What a subscriber or background job brings about is not there at once. */
async function eventually<T = any>(look: () => Promise<T[]>, within = 20_000): Promise<T[]> {
  const until = Date.now() + within
  for (;;) {
    const found = await look()
    if (found.length) {
      return found
    }
    if (Date.now() > until) {
      throw new Error(`Nothing came within ${within} ms`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
