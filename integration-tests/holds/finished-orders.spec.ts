import { storyCustomer } from "../support/customers"
import { openEngine, type Engine } from "../support/engine"
import { holdsOf } from "../support/holds"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "finished" })
})

afterAll(() => engine?.close())

const codes = async (name: string) => (await holdsOf(engine, (await storyCustomer(engine, name)).id)).map(({ code }) => code)

describe("a customer is not held by orders that are finished", () => {
  it.each([
    ["anna", "paid, shipped and delivered, one with a promotion"],
    ["david", "paid and on its way"],
    ["emma", "delivered"],
    ["hugo", "returned, received and refunded"],
    ["ida", "canceled before it was paid"],
    ["mia", "completed"],
    ["noah", "archived"],
    ["paul", "gift cards, which nobody ships"],
    ["tina", "delivered, one as a guest"],
    ["uma", "ordered as a guest under an account's address"],
    ["victor", "paid with a code"],
    ["wendy", "nothing but a cart"],
    ["yara", "partly returned and refunded"],
  ])("%s: %s", async (name) => {
    expect(await codes(name)).toEqual([])
  })

  it("nor by orders that staff closed with parts not shipped or not paid", async () => {
    for (const status of ["completed", "archived"]) {
      for (const name of ["chloe", "ben"]) {
        const { id } = await storyCustomer(engine, name)
        expect((await holdsOf(engine, id)).length).toBeGreaterThan(0)
        await engine.database.rows(`UPDATE "order" SET status = $2 WHERE customer_id = $1`, [id, status])
        expect(await holdsOf(engine, id)).toEqual([])
        await engine.database.rows(`UPDATE "order" SET status = 'pending' WHERE customer_id = $1`, [id])
      }
    }
  })
})

describe("what is owed", () => {
  /** Sets what Medusa's summary of a customer's order says is still to be paid. */
  const owe = async (name: string, amount: number, currency = "eur") => {
    const { id } = await storyCustomer(engine, name)
    await engine.database.rows(`UPDATE "order" SET currency_code = $2 WHERE customer_id = $1`, [id, currency])
    await engine.database.rows(
      `UPDATE order_summary SET totals = jsonb_set(totals, '{pending_difference}', to_jsonb($2::numeric))
       WHERE order_id IN (SELECT id FROM "order" WHERE customer_id = $1)`,
      [id, amount]
    )
    return (await holdsOf(engine, id)).map(({ code }) => code)
  }

  it.each([
    [0.004, "eur", []],
    [0.01, "eur", []],
    [-0.01, "eur", []],
    [0.02, "eur", ["unpaid_order"]],
    [-0.02, "eur", ["refund_due"]],
    [1, "jpy", []],
    [2, "jpy", ["unpaid_order"]],
    [-2, "jpy", ["refund_due"]],
    [0.001, "bhd", []],
    [0.005, "bhd", ["unpaid_order"]],
  ])("of %d %s counts when Medusa itself would count it", async (amount, currency, expected) => {
    expect(await owe("emma", amount, currency)).toEqual(expected)
  })

  it("to the customer holds even when the order is closed", async () => {
    const { id } = await storyCustomer(engine, "mia")
    expect(await owe("mia", -5)).toEqual(["refund_due"])
    await engine.database.rows(`UPDATE "order" SET status = 'archived' WHERE customer_id = $1`, [id])
    expect((await holdsOf(engine, id)).map(({ code }) => code)).toEqual(["refund_due"])
  })
})

describe("an item that came back", () => {
  it("does not stand for one that was never sent", async () => {
    const { id } = await storyCustomer(engine, "anna")
    await engine.database.rows(
      `UPDATE order_item SET quantity = 3, fulfilled_quantity = 2, return_received_quantity = 1, return_requested_quantity = 0
       WHERE order_id IN (SELECT id FROM "order" WHERE customer_id = $1)`,
      [id]
    )
    expect((await holdsOf(engine, id)).map(({ code }) => code)).toEqual(["open_order"])
  })
})
