import { differences, readRows, type Rows } from "../acceptance/canary/rows"
import { collectIdentifiers } from "../../src/modules/privacy/destinations/identifiers"
import { openScope, resolveScope } from "../../src/modules/privacy/subjects/scope"
import { eraseAll, openEngine, type Engine } from "../support/engine"
import { ShopRows } from "../support/shop-rows"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "nobody_elses" })
})

afterAll(() => engine?.close())

const world = (name: string) => new ShopRows(engine.database, name)

/** Rows outside the plugin's own tables that an erasure changed: `table key`. */
async function changedBy(customers: string[], method: "anonymize" | "delete" = "anonymize"): Promise<string[]> {
  const before: Rows = await readRows(engine.database)
  const { subjects } = await eraseAll(engine, customers, { method })
  expect(subjects.map(({ status }) => status)).toEqual(customers.map(() => "complete"))
  return differences(before, await readRows(engine.database))
    .filter(({ table }) => !/^(public\.privacy_|privacy_jobs\.)/.test(table))
    .map(({ table, key }) => `${table.replace("public.", "")} ${key}`)
}

const ofIds = (changes: string[], ids: string[]) => changes.filter((change) => ids.some((id) => change.endsWith(` ${id}`) || change.includes(`${id}|`) || change.includes(`|${id}`)))

describe.each(["anonymize", "delete"] as const)("erasing one customer (%s)", (method) => {
  it("leaves another's gift card alone that was tried in the customer's cart and taken out again", async () => {
    const rows = world(`tried_${method}`)
    const subject = await rows.customer(`tried.${method}@x.example`, true)
    const cart = await rows.insert("cart", { currency_code: "eur", customer_id: subject, email: `tried.${method}@x.example` })
    const { card, account } = await rows.card(100)
    await rows.insert("cart_cart_loyalty_gift_card", { cart_id: cart, gift_card_id: card, deleted_at: new Date() })
    const kept = await rows.card(20)
    await rows.insert("cart_cart_loyalty_gift_card", { cart_id: cart, gift_card_id: kept.card })

    const changed = await changedBy([subject], method)

    expect(ofIds(changed, [card, account])).toEqual([])
    // What lies in the cart counts as the customer's.
    expect(ofIds(changed, [kept.card, kept.account]).length).toBeGreaterThanOrEqual(2)
  })

  it("leaves an account's credit alone whose claim was taken back", async () => {
    const rows = world(`claim_${method}`)
    const subject = await rows.customer(`claim.${method}@x.example`, true)
    const own = await rows.insert("store_credit_account", { currency_code: "eur", customer_id: subject })
    const { card, account } = await rows.card(50)
    await rows.credit(own, 50, { reference: "store_credit_account", reference_id: account, deleted_at: new Date() })

    expect(ofIds(await changedBy([subject], method), [card, account])).toEqual([])
  })

  it.each([true, false])("leaves the cart, payment and gift card of the former owner of a transferred order alone (an account: %s)", async (hasAccount) => {
    const rows = world(`moved_${method}_${hasAccount}`)
    const emails = [`former.${method}.${hasAccount}@x.example`, `heir.${method}.${hasAccount}@x.example`]
    const former = await rows.customer(emails[0], hasAccount)
    const heir = await rows.customer(emails[1], true)
    const { order, cart, item } = await rows.bought(former, emails[0])
    const paidWith = await rows.card(30)
    const boughtIn = await rows.card(40, { line_item_id: item })
    await rows.insert("order_order_loyalty_gift_card", { order_id: order, gift_card_id: paidWith.card })
    await rows.insert("cart_cart_loyalty_gift_card", { cart_id: cart, gift_card_id: paidWith.card })
    await rows.transfer(order, emails[0], heir)
    const mail = await rows.insert("notification", { to: emails[0], channel: "email", resource_id: order, resource_type: "order", data: { subject: "Thank you" } })
    const { shipping_address_id } = await engine.database.row("SELECT shipping_address_id FROM cart WHERE id = $1", [cart])
    const payments = await engine.database.rows<{ id: string }>(
      `SELECT p.id FROM payment AS p JOIN cart_payment_collection AS l ON l.payment_collection_id = p.payment_collection_id WHERE l.cart_id = $1`, [cart]
    )

    const changed = await changedBy([heir], method)

    expect(ofIds(changed, [former, cart, shipping_address_id, paidWith.card, paidWith.account, boughtIn.card, boughtIn.account, mail, ...payments.map(({ id }) => id)])).toEqual([])
    expect(ofIds(changed, [heir, order, item]).length).toBeGreaterThanOrEqual(3)
    expect(await engine.database.row("SELECT status, note FROM loyalty_gift_card WHERE id = $1", [paidWith.card])).toEqual({ status: "redeemed", note: "For the birthday" })
  })

  it("leaves the order alone that went to another account, and takes what the former owner kept of it", async () => {
    const rows = world(`gave_${method}`)
    const former = await rows.customer(`gave.${method}@x.example`, true)
    const heir = await rows.customer(`got.${method}@x.example`, true)
    const { order, cart, item } = await rows.bought(former, `gave.${method}@x.example`)
    await rows.transfer(order, `gave.${method}@x.example`, heir, `got.${method}@x.example`)
    const { id: address } = await engine.database.row(
      `UPDATE order_address AS a SET customer_id = $2 FROM "order" AS o WHERE o.id = $1 AND a.id = o.shipping_address_id RETURNING a.id`, [order, former]
    )

    const changed = await changedBy([former], method)

    expect(ofIds(changed, [heir, order, item, address])).toEqual([])
    expect(ofIds(changed, [former, cart]).length).toBeGreaterThanOrEqual(2)
    const { left } = await engine.database.row("SELECT count(*)::int AS left FROM payment WHERE data::text LIKE $1", [`%gave.${method}@%`])
    expect(left).toBe(0)
  })

  it("leaves an address alone that another customer's cart or order uses too", async () => {
    const rows = world(`shared_${method}`)
    const [subject, other] = [await rows.customer(`shared.${method}@x.example`, true), await rows.customer(`other.${method}@x.example`, false)]
    const { order, cart } = await rows.bought(subject, `shared.${method}@x.example`)
    const { cart_address, order_address } = await engine.database.row(
      `SELECT c.shipping_address_id AS cart_address, o.shipping_address_id AS order_address FROM cart AS c, "order" AS o WHERE c.id = $1 AND o.id = $2`, [cart, order]
    )
    await rows.insert("cart", { currency_code: "eur", customer_id: other, email: `other.${method}@x.example`, shipping_address_id: cart_address })
    await rows.insert("order", { currency_code: "eur", customer_id: other, email: `other.${method}@x.example`, billing_address_id: order_address })

    expect(ofIds(await changedBy([subject], method), [cart_address, order_address])).toEqual([])
    // Once both are erased, it is.
    expect(ofIds(await changedBy([other], method), [cart_address, order_address])).toEqual([`cart_address ${cart_address}`, `order_address ${order_address}`])
  })
})

describe.each(["anonymize", "delete"] as const)("a guest record under the address of a live account (%s)", (method) => {
  async function pair(name: string) {
    const rows = world(`${name}_${method}`)
    const email = `${name}.${method}@x.example`
    const [guest, account] = [await rows.customer(email, false), await rows.customer(email, true)]
    const rule = await rows.insert("promotion_rule", { attribute: "customer.email", operator: "eq" })
    const campaign = await rows.insert("promotion_campaign", { name: "Spring", campaign_identifier: rows.id("spring") })
    const budget = await rows.insert("promotion_campaign_budget", { type: "use_by_attribute", campaign_id: campaign, used: 1 })
    const auth = await rows.insert("auth_identity", {})
    const ofAddress = [
      await rows.insert("notification", { to: email.toUpperCase(), channel: "email", template: "order.placed", data: { order: "the account's" } }),
      await rows.insert("promotion_rule_value", { promotion_rule_id: rule, value: email }),
      await rows.insert("promotion_campaign_budget_usage", { budget_id: budget, attribute_value: email, used: 1 }),
      await rows.insert("provider_identity", { auth_identity_id: auth, entity_id: email, provider: "emailpass", provider_metadata: { password: "hash" } }),
      auth,
      await rows.insert("cart", { currency_code: "eur", email, metadata: { note: "nobody is named" } }),
      await rows.insert("order", { currency_code: "eur", email, status: "completed" }),
      await rows.insert("product_review", { product_id: "prod_any", author_email: email, title: "Good", body: "Very", rating: 5 }),
    ]
    const { order } = await rows.bought(guest, email)
    const { order: ofAccount } = await rows.bought(account, email)
    return { guest, account, order, ofAddress, ofAccount, email }
  }

  it("is erased alone: what is known by the address is the account's", async () => {
    const { guest, account, order, ofAddress, ofAccount } = await pair("alone")

    const changed = await changedBy([guest], method)

    expect(ofIds(changed, [account, ofAccount, ...ofAddress])).toEqual([])
    expect(ofIds(changed, [guest, order]).length).toBeGreaterThanOrEqual(2)
  })

  it("takes all of it along when the account is erased in the same chunk", async () => {
    const { guest, account, order, ofAddress, ofAccount } = await pair("together")

    const changed = await changedBy([guest, account], method)

    for (const id of [guest, account, order, ofAccount, ...ofAddress]) {
      expect([id, ofIds(changed, [id]).length]).toEqual([id, 1])
    }
  })

  it("goes with the account when the account is erased later", async () => {
    const { guest, account, ofAddress, email } = await pair("later")
    await changedBy([guest], method)

    const changed = await changedBy([account], method)

    expect(ofIds(changed, ofAddress).length).toBe(ofAddress.length)
    const { left } = await engine.database.row(`SELECT count(*)::int AS left FROM notification WHERE lower("to") = $1`, [email])
    expect(left).toBe(0)
  })
})

describe("destinations that know people by their address", () => {
  it("are not told the address of a guest record that a live account has, and are told it once nobody else has it", async () => {
    const rows = world("told")
    const email = "told@x.example"
    const [guest, account] = [await rows.customer(email, false), await rows.customer(email, true)]
    const { entries, schema } = engine.environment.map
    const emailsOf = (...customers: string[]) =>
      engine.transaction(async (session) => {
        await openScope(session, customers.map((customerId, number) => ({ number, customerId, pseudonym: `erased-${number}` })), "salt")
        await resolveScope(session, entries, customers.length)
        const found = await collectIdentifiers(session, schema)
        return customers.map((_, number) => found.get(number)?.emails)
      })

    expect(await emailsOf(guest)).toEqual([[]])
    expect(await emailsOf(account)).toEqual([[email]])
    expect(await emailsOf(guest, account)).toEqual([[email], [email]])
  })
})
