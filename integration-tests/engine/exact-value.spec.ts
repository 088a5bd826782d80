import { holdOfValue, readValue } from "../../src/modules/privacy/erasure/value"
import { openScope, resolveScope } from "../../src/modules/privacy/subjects/scope"
import { openEngine, type Engine } from "../support/engine"
import { ShopRows } from "../support/shop-rows"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "exact_value" })
})

afterAll(() => engine?.close())

describe("what a customer still has to spend", () => {
  it("adds up without the errors of floating point, to the text of the hold", async () => {
    const rows = new ShopRows(engine.database, "exact")
    const customer = await rows.customer("exact@x.example", true)
    const cart = await rows.insert("cart", { currency_code: "eur", customer_id: customer })
    const account = await rows.insert("store_credit_account", { currency_code: "eur", customer_id: customer })
    for (const amount of ["0.1", "0.2"]) {
      await rows.credit(account, amount)
    }
    for (const amount of [0.7, 0.1]) {
      const { card } = await rows.card(amount)
      await rows.insert("cart_cart_loyalty_gift_card", { cart_id: cart, gift_card_id: card })
    }
    const value = await engine.transaction(async (session) => {
      await openScope(session, [{ number: 0, customerId: customer, pseudonym: "erased-0" }], "")
      await resolveScope(session, engine.environment.map.entries, 1)
      return (await readValue(session, engine.environment.map.schema)).get(0)
    })

    expect(value).toEqual([{ currency_code: "eur", store_credit: 0.3, gift_cards: 0.8 }])
    const [hold] = holdOfValue("block", value)
    expect(hold.params).toEqual({ count: 1, value: [{ currency_code: "eur", amount: 1.1 }] })
    expect(hold.message).toContain("worth 1.1 EUR are left")
  })
})
