import type { Customer } from "../support/customers"
import { ok } from "../support/http"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

const codes = async ({ id }: Customer) =>
  (await ok(store.officer.get(`/admin/customers/${id}/privacy`))).customer_privacy.holds.map(({ code }: { code: string }) => code)

/** A made-up customer with one paid order of which nothing was sent. */
const paidAndWaiting = () =>
  store.database.row<Customer & { order_id: string }>(
    `SELECT c.id, c.email, o.id AS order_id FROM customer AS c JOIN "order" AS o ON o.customer_id = c.id
     WHERE c.deleted_at IS NULL AND c.email NOT LIKE 'chloe.martin%' AND o.status = 'pending' AND o.version = 1 AND NOT o.is_draft_order
       AND EXISTS (SELECT 1 FROM order_summary AS s WHERE s.order_id = o.id AND (s.totals ->> 'pending_difference')::numeric = 0)
       AND EXISTS (SELECT 1 FROM order_item AS i JOIN order_line_item AS l ON l.id = i.item_id WHERE i.order_id = o.id AND l.requires_shipping)
     ORDER BY o.id LIMIT 1`
  )

describe("the holds follow an order through Medusa's own routes", () => {
  it("paid, packed, shipped, delivered: held until it is on its way", async () => {
    const customer = await paidAndWaiting()
    const path = `/admin/orders/${customer.order_id}`
    const { order } = await ok(store.officer.get(`${path}?fields=id,*items`))
    const items = order.items.map(({ id, quantity }: { id: string; quantity: number }) => ({ id, quantity }))
    expect(await codes(customer)).toEqual(["open_order"])

    const packed = await ok(store.officer.post(`${path}/fulfillments?fields=*fulfillments`, { items }))
    expect(await codes(customer)).toEqual(["open_fulfillment"])
    const fulfillment = `${path}/fulfillments/${packed.order.fulfillments[0].id}`

    await ok(store.officer.post(`${fulfillment}/shipments`, { items }))
    expect(await codes(customer)).toEqual([])
    await ok(store.officer.post(`${fulfillment}/mark-as-delivered`))
    expect(await codes(customer)).toEqual([])
  })

  it("paid and canceled: Medusa refunds it, and nothing holds", async () => {
    const customer = await paidAndWaiting()
    await ok(store.officer.post(`/admin/orders/${customer.order_id}/cancel`))
    expect(await codes(customer)).toEqual([])
  })

  it("paid and made cheaper: held until the difference is refunded", async () => {
    const customer = await paidAndWaiting()
    const { order_id } = customer
    const { order } = await ok(store.officer.get(`/admin/orders/${order_id}?fields=id,*items,*payment_collections.payments`))
    const [{ id: item }] = order.items
    await ok(store.officer.post("/admin/order-edits", { order_id }))
    expect(await codes(customer)).toEqual(["open_order", "open_order_change"])
    await ok(store.officer.post(`/admin/order-edits/${order_id}/items/item/${item}`, { quantity: 0 }))
    await ok(store.officer.post(`/admin/order-edits/${order_id}/confirm`))
    expect(await codes(customer)).toEqual(["refund_due"])

    const { order: owing } = await ok(store.officer.get(`/admin/orders/${order_id}?fields=id,summary`))
    const [payment] = order.payment_collections[0].payments
    await ok(store.officer.post(`/admin/payments/${payment.id}/refund`, { amount: -owing.summary.pending_difference }))

    expect(await codes(customer)).toEqual([])
  })
})
