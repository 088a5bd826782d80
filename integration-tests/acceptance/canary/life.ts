import { ok, type Http } from "../../support/http"
import type { TestStore } from "../../support/test-store"
import type { Person } from "./person"

/** What is sold, and how, in the store of the test. */
export interface Shop {
  region: string
  shipping: string
  returnShipping: string
  location: string
  variants: Record<string, string>
}

export async function readShop({ database, officer }: TestStore): Promise<Shop> {
  const id = async (sql: string) => (await database.row<{ id: string }>(sql)).id
  const { products } = await ok(officer.get("/admin/products?limit=50&fields=handle,*variants"))
  return {
    region: await id(`SELECT id FROM region WHERE name = 'Europe'`),
    shipping: await id(`SELECT id FROM shipping_option WHERE name = 'Standard'`),
    returnShipping: await id(`SELECT id FROM shipping_option WHERE name = 'Return'`),
    location: await id(`SELECT id FROM stock_location LIMIT 1`),
    variants: Object.fromEntries(products.map(({ handle, variants }: any) => [handle, variants[0].id])),
  }
}

export interface Account {
  id: string
  token: string
  http: Http
}

export async function logIn(store: TestStore, { email, password }: Pick<Person, "email" | "password">): Promise<string> {
  return (await ok(store.shop.post("/auth/customer/emailpass", { email, password }))).token
}

export async function openAccount(store: TestStore, person: Person): Promise<Account> {
  const { email, password, first_name, last_name } = person
  const { token: registration } = await ok(store.shop.post("/auth/customer/emailpass/register", { email, password }))
  const { customer } = await ok(store.shop.as(registration).post("/store/customers", { email, first_name, last_name }))
  const token = await logIn(store, person)
  return { id: customer.id, token, http: store.shop.as(token) }
}

interface Line {
  variant_id: string
  quantity: number
  metadata?: Record<string, unknown>
}

/** An order as the next steps of its life need to know it. */
export interface Placed {
  id: string
  items: { id: string; quantity: number }[]
  payment: string
}

/** What shoppers and staff do with orders, through the HTTP API alone. */
export function ordering(store: TestStore, shop: Shop) {
  const { officer } = store

  async function fillCart(http: Http, person: Person, items: Line[], extra: Record<string, unknown> = {}) {
    const { cart } = await ok(
      http.post("/store/carts", { region_id: shop.region, email: person.email, items, metadata: { note: `cart of ${person.first_name}` }, ...extra })
    )
    return cart.id as string
  }

  async function checkOut(http: Http, person: Person, cart: string) {
    await ok(http.post(`/store/carts/${cart}`, { shipping_address: person.address, billing_address: person.address }))
    await ok(http.post(`/store/carts/${cart}/shipping-methods`, { option_id: shop.shipping, data: { ring: person.last_name } }))
    const { payment_collection } = await ok(http.post("/store/payment-collections", { cart_id: cart }))
    await ok(
      http.post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, {
        provider_id: "pp_system_default",
        data: { receipt_email: person.email },
      })
    )
    return complete(http, cart)
  }

  async function complete(http: Http, cart: string): Promise<Placed> {
    const { order } = await ok(http.post(`/store/carts/${cart}/complete`))
    return load(order.id)
  }

  async function load(id: string): Promise<Placed> {
    const { order } = await ok(officer.get(`/admin/orders/${id}?fields=id,*items,*payment_collections.payments`))
    return {
      id,
      items: order.items.map((item: any) => ({ id: item.id, quantity: item.quantity })),
      payment: order.payment_collections?.[0]?.payments?.[0]?.id,
    }
  }

  const buy = async (http: Http, person: Person, items: Line[]) => checkOut(http, person, await fillCart(http, person, items))

  const capture = ({ payment }: Placed) => ok(officer.post(`/admin/payments/${payment}/capture`, {}))

  async function deliver({ id, items }: Placed, person: Person, label: string) {
    const { order } = await ok(
      officer.post(`/admin/orders/${id}/fulfillments?fields=*fulfillments`, { items, location_id: shop.location, metadata: { for: person.last_name } })
    )
    const fulfillment = order.fulfillments.find(({ shipped_at, canceled_at }: any) => !shipped_at && !canceled_at).id
    await ok(
      officer.post(`/admin/orders/${id}/fulfillments/${fulfillment}/shipments`, {
        items,
        labels: [
          {
            tracking_number: label,
            tracking_url: `https://parcels.example/track/${label}`,
            label_url: `https://parcels.example/labels/${label}.pdf`,
          },
        ],
      })
    )
    await ok(officer.post(`/admin/orders/${id}/fulfillments/${fulfillment}/mark-as-delivered`, {}))
  }

  const buyAndReceive = async (http: Http, person: Person, items: Line[], label: string) => {
    const order = await buy(http, person, items)
    await capture(order)
    await deliver(order, person, label)
    return order
  }

  return { fillCart, checkOut, complete, load, buy, capture, deliver, buyAndReceive }
}
