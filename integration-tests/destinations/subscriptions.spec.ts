import { readCustomerPrivacy } from "../../src/modules/privacy/customers/customer-privacy"
import { storyCustomer } from "../support/customers"
import { eraseAll, openEngine, type Engine } from "../support/engine"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "subscriptions" })
})

afterAll(() => engine?.close())

const subscriptions = (customer: string) =>
  engine.database.rows(
    `SELECT s.* FROM subscription AS s JOIN customer_subscription AS c ON c.subscription_id = s.id WHERE c.customer_id = $1 ORDER BY s.status`, [customer]
  )

describe("subscriptions of another module, by declaration", () => {
  it("are named and counted before, and cancelled with the erasure: no next order, no personal note; what has ended stays as it was", async () => {
    const olivia = await storyCustomer(engine, "olivia")
    const [running, over] = await subscriptions(olivia.id)
    const seen = await engine.transaction((session) => readCustomerPrivacy(session, engine.environment, olivia.id))
    expect(seen.subscriptions).toEqual([{ id: running.id, label: running.id, status: "active" }])
    expect(seen.footprint).toContainEqual({ kind: "subscriptions", count: 2 })

    await eraseAll(engine, [olivia.id])

    const [cancelled, still] = await subscriptions(olivia.id)
    expect(cancelled).toEqual({ ...running, status: "canceled", next_order_date: null, metadata: null, updated_at: expect.any(Date) })
    expect(still).toEqual(over)
  })

  it("are cancelled under the method delete too, and lead to nobody any more", async () => {
    const mia = await storyCustomer(engine, "mia")
    await engine.database.rows(
      `INSERT INTO subscription (id, status, interval, period, subscription_date, last_order_date, next_order_date, expiration_date)
       VALUES ('sub_mia', 'failed', 'yearly', 1, now(), now(), now(), now())`
    )
    await engine.database.rows("INSERT INTO customer_subscription (id, subscription_id, customer_id) VALUES ('link_mia', 'sub_mia', $1)", [mia.id])
    await eraseAll(engine, [mia.id], { method: "delete" })
    expect(await engine.database.row("SELECT status, next_order_date FROM subscription WHERE id = 'sub_mia'")).toEqual({ status: "canceled", next_order_date: null })
    expect(await engine.database.rows("SELECT 1 FROM customer_subscription WHERE subscription_id = 'sub_mia'")).toEqual([])
  })
})
