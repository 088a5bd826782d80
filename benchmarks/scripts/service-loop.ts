import fs from "node:fs"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

const ADDRESS = { first_name: "[erased]", last_name: "[erased]", company: null, address_1: "[erased]", address_2: null, phone: null, metadata: null }

/**
 * Masks customers one after the other through Medusa's own services: read what a customer has, write it back without the person. Only what
 * the services offer: notifications, fulfilment addresses and store credit stay, which makes this loop faster than it ought to be.
 */
export default async function serviceLoop({ container }: { container: MedusaContainer }) {
  const ids = (process.env.BENCH_CUSTOMERS as string).split(",")
  const started = performance.now()
  for (const id of ids) {
    await eraseByServices(container, id)
  }
  fs.writeFileSync(process.env.BENCH_ANSWER as string, JSON.stringify({ milliseconds: performance.now() - started }))
}

async function eraseByServices(container: MedusaContainer, id: string) {
  // Services differ in what they let one write; a script that only measures takes them as they are.
  const service = (name: string): any => container.resolve(name)
  const [customers, orders, carts, payments, auth, fulfillments, loyalty] = [
    Modules.CUSTOMER, Modules.ORDER, Modules.CART, Modules.PAYMENT, Modules.AUTH, Modules.FULFILLMENT, "loyalty",
  ].map(service)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const pseudonym = `erased-${Math.random().toString(36).slice(2)}@erased.invalid`

  const customer = await customers.retrieveCustomer(id, { relations: ["addresses"] })
  for (const address of customer.addresses) {
    await customers.updateCustomerAddresses(address.id, { ...ADDRESS, address_name: null })
  }
  const { data: found } = await query.graph({
    entity: "order",
    filters: { customer_id: id },
    fields: ["id", "shipping_address.id", "billing_address.id", "items.id", "payment_collections.id", "payment_collections.payments.id", "payment_collections.payment_sessions.id", "fulfillments.id"],
  })
  for (const order of found as any[]) {
    for (const address of [order.shipping_address, order.billing_address]) {
      await orders.updateOrderAddresses([{ id: address.id, ...ADDRESS }])
    }
    for (const item of order.items) {
      await orders.updateOrderLineItems(item.id, { metadata: null })
    }
    for (const collection of order.payment_collections) {
      await payments.updatePaymentCollections(collection.id, { metadata: null })
      for (const payment of collection.payments) {
        await payments.updatePayment({ id: payment.id, metadata: null })
      }
    }
    for (const fulfillment of order.fulfillments) {
      await fulfillments.updateFulfillment(fulfillment.id, { data: null, metadata: null })
    }
    await orders.updateOrders(order.id, { email: pseudonym, metadata: null, no_notification: true })
  }
  for (const cart of await carts.listCarts({ customer_id: id }, { relations: ["items", "shipping_address"] })) {
    for (const item of cart.items) {
      await carts.updateLineItems(item.id, { metadata: null })
    }
    await carts.updateAddresses([{ id: cart.shipping_address.id, ...ADDRESS }])
    await carts.updateCarts(cart.id, { email: pseudonym, metadata: null })
  }
  for (const identity of await auth.listAuthIdentities({ app_metadata: { customer_id: id } })) {
    await auth.deleteAuthIdentities([identity.id])
  }
  for (const card of await loyalty.listGiftCards({ line_item_id: (found as any[]).flatMap(({ items }) => items.map((item: any) => item.id)) })) {
    await loyalty.updateGiftCards({ id: card.id, note: null, metadata: null })
  }
  await customers.updateCustomers(id, { email: pseudonym, first_name: "[erased]", last_name: "[erased]", company_name: null, phone: null, metadata: null })
  await customers.softDeleteCustomers([id])
}
