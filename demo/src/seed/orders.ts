import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  addShippingMethodToCartWorkflow,
  archiveOrderWorkflow,
  beginClaimOrderWorkflow,
  beginExchangeOrderWorkflow,
  cancelOrderWorkflow,
  capturePaymentWorkflow,
  completeCartWorkflow,
  completeOrderWorkflow,
  confirmClaimRequestWorkflow,
  confirmExchangeRequestWorkflow,
  createAndCompleteReturnOrderWorkflow,
  createCartWorkflow,
  createOrderFulfillmentWorkflow,
  createOrderPaymentCollectionWorkflow,
  createOrderShipmentWorkflow,
  createOrderWorkflow,
  createPaymentCollectionForCartWorkflow,
  createPaymentSessionsWorkflow,
  markOrderFulfillmentAsDeliveredWorkflow,
  orderClaimAddNewItemWorkflow,
  orderClaimItemWorkflow,
  orderExchangeAddNewItemWorkflow,
  orderExchangeRequestItemReturnWorkflow,
  receiveAndCompleteReturnOrderWorkflow,
  refundPaymentWorkflow,
} from "@medusajs/medusa/core-flows"

import { databaseOf } from "./database"
import type { Person } from "./people"
import { run } from "./run"
import type { Store } from "./store"

export type Buyer = Person & { customer_id: string }
export type Line = { variant_id: string; quantity: number; metadata?: Record<string, unknown> }
type CartOptions = { promo_codes?: string[]; metadata?: Record<string, unknown> }
/** What a further step of an order's life needs to know of it. */
type Placed = { id: string; total: number; items: { id: string; quantity: number }[]; payment_id: string }

/** What can happen to an order, each by the workflow that the admin or a storefront would run. */
export function orderFlows(container: MedusaContainer, store: Store) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)

  async function openCart(buyer: Buyer, items: Line[], options: CartOptions = {}) {
    const region = buyer.country_code === "us" ? store.america : store.europe
    const address = addressOf(buyer)
    return await run(container, createCartWorkflow, {
      region_id: region.id,
      currency_code: region.currency_code,
      sales_channel_id: store.channel.id,
      customer_id: buyer.customer_id,
      items,
      shipping_address: address,
      billing_address: address,
      ...options,
    })
  }

  /** A cart up to the payment page: shipping chosen, payment begun. */
  async function checkout(buyer: Buyer, items: Line[], options?: CartOptions) {
    const cart = await openCart(buyer, items, options)
    await run(container, addShippingMethodToCartWorkflow, { cart_id: cart.id, options: [{ id: store.shipping.id }] })
    await pay(cart.id, buyer)
    return cart
  }

  async function pay(cart_id: string, buyer: Buyer) {
    await run(container, createPaymentCollectionForCartWorkflow, { cart_id })
    const { data } = await query.graph({ entity: "cart", fields: ["payment_collection.id"], filters: { id: cart_id } })
    await run(container, createPaymentSessionsWorkflow, {
      payment_collection_id: (data[0] as any).payment_collection.id,
      provider_id: "pp_system_default",
      customer_id: buyer.customer_id,
    })
  }

  async function complete(cart_id: string) {
    const { id } = (await run(container, completeCartWorkflow, { id: cart_id })) as { id: string }
    return await load(id)
  }

  async function load(id: string): Promise<Placed> {
    const { data } = await query.graph({
      entity: "order",
      fields: ["id", "total", "items.id", "items.quantity", "payment_collections.payments.id"],
      filters: { id },
    })
    const order = data[0] as any
    return {
      id,
      total: Number(order.total),
      items: order.items.map((item: any) => ({ id: item.id, quantity: Number(item.quantity) })),
      payment_id: order.payment_collections?.[0]?.payments?.[0]?.id,
    }
  }

  async function ship({ id, items }: Placed, tracking: string) {
    const fulfillment = await run(container, createOrderFulfillmentWorkflow, { order_id: id, items, location_id: store.location.id })
    await run(container, createOrderShipmentWorkflow, {
      order_id: id,
      fulfillment_id: fulfillment.id,
      items,
      labels: [
        {
          tracking_number: tracking,
          tracking_url: `https://parcels.example.com/track/${tracking}`,
          label_url: `https://parcels.example.com/labels/${tracking}.pdf`,
        },
      ],
    })
    return fulfillment.id
  }

  return {
    openCart,
    checkout,
    pay,
    complete,

    /** An order that is authorised, not captured: what a storefront leaves behind. */
    place: async (buyer: Buyer, items: Line[], options?: CartOptions) => {
      const cart = await checkout(buyer, items, options)
      return await complete(cart.id)
    },

    /** An order nobody has paid anything for yet, or with `draft`, one that a member of staff is still preparing. */
    placeUnpaid: async (buyer: Buyer, items: Line[], { draft = false } = {}) => {
      const region = buyer.country_code === "us" ? store.america : store.europe
      const order = await run(container, createOrderWorkflow, {
        region_id: region.id,
        currency_code: region.currency_code,
        sales_channel_id: store.channel.id,
        customer_id: buyer.customer_id,
        email: buyer.email,
        items: items as any,
        shipping_address: addressOf(buyer),
        billing_address: addressOf(buyer),
        shipping_methods: [{ name: "Standard", shipping_option_id: store.shipping.id, amount: 5 }] as any,
        ...(draft ? { status: "draft" as const, is_draft_order: true } : {}),
      })
      const placed = await load(order.id)
      if (!draft) {
        await run(container, createOrderPaymentCollectionWorkflow, { order_id: order.id, amount: placed.total })
      }
      return placed
    },

    capture: async ({ payment_id }: Placed) => void (await run(container, capturePaymentWorkflow, { payment_id })),

    refund: async ({ payment_id }: Placed, amount: number, note: string) =>
      void (await run(container, refundPaymentWorkflow, { payment_id, amount, note })),

    cancel: async ({ id }: Placed) => void (await run(container, cancelOrderWorkflow, { order_id: id })),

    close: async ({ id }: Placed) => void (await run(container, completeOrderWorkflow, { orderIds: [id] })),

    archive: async ({ id }: Placed) => void (await run(container, archiveOrderWorkflow, { orderIds: [id] })),

    ship: async (order: Placed, tracking: string) => void (await ship(order, tracking)),

    deliver: async (order: Placed, tracking: string) => {
      const fulfillmentId = await ship(order, tracking)
      await run(container, markOrderFulfillmentAsDeliveredWorkflow, { orderId: order.id, fulfillmentId })
    },

    /** A shopper asks to send one of the first item back; with `received`, it has come. */
    returnFirstItem: async ({ id, items }: Placed, note: string, { received = false } = {}) => {
      const back = await run(container, createAndCompleteReturnOrderWorkflow, {
        order_id: id,
        items: [{ id: items[0].id, quantity: 1, note }],
        return_shipping: { option_id: store.returnShipping.id },
        note,
        location_id: store.location.id,
      })
      if (received) {
        await run(container, receiveAndCompleteReturnOrderWorkflow, { return_id: back.id, items: [{ id: items[0].id, quantity: 1 }] })
      }
    },

    /** What the shop owes the customer after a return. */
    owed: async ({ id }: Placed) => {
      const { data } = await query.graph({ entity: "order", fields: ["summary.pending_difference"], filters: { id } })
      return -Number((data[0] as any).summary.pending_difference)
    },

    /** The first item is replaced; the photo is where a storefront would have uploaded it. */
    claimFirstItem: async ({ id, items }: Placed, variant_id: string, note: string, photo: string) => {
      const { claim_id } = await run(container, beginClaimOrderWorkflow, { order_id: id, type: "replace", internal_note: note })
      await run(container, orderClaimItemWorkflow, {
        claim_id: claim_id!,
        items: [{ id: items[0].id, quantity: 1, reason: "production_failure", internal_note: note }],
      })
      await run(container, orderClaimAddNewItemWorkflow, { claim_id: claim_id!, items: [{ variant_id, quantity: 1 }] })
      await run(container, confirmClaimRequestWorkflow, { claim_id: claim_id! })
      const database = databaseOf(container)
      await database.raw(`UPDATE order_claim_item SET note = ? WHERE claim_id = ? AND NOT is_additional_item`, [note, claim_id])
      await database.raw(
        `INSERT INTO order_claim_item_image (id, claim_item_id, url)
         SELECT 'climg_' || substr(id, strpos(id, '_') + 1), id, ? FROM order_claim_item WHERE claim_id = ? AND NOT is_additional_item`,
        [photo, claim_id]
      )
    },

    exchangeFirstItem: async ({ id, items }: Placed, variant_id: string, note: string) => {
      const { exchange_id } = await run(container, beginExchangeOrderWorkflow, { order_id: id, internal_note: note })
      const { data } = await query.graph({ entity: "order_exchange", fields: ["id", "return_id"], filters: { id: exchange_id! } })
      await run(container, orderExchangeRequestItemReturnWorkflow, {
        exchange_id: exchange_id!,
        return_id: (data[0] as any).return_id,
        location_id: store.location.id,
        items: [{ id: items[0].id, quantity: 1, note }],
      })
      await run(container, orderExchangeAddNewItemWorkflow, { exchange_id: exchange_id!, items: [{ variant_id, quantity: 1 }] })
      await run(container, confirmExchangeRequestWorkflow, { exchange_id: exchange_id! })
    },
  }
}

export type OrderFlows = ReturnType<typeof orderFlows>

export const addressOf = (person: Person) => ({
  first_name: person.first_name,
  last_name: person.last_name,
  company: person.company ?? undefined,
  address_1: person.address_1,
  city: person.city,
  province: person.province ?? undefined,
  postal_code: person.postal_code,
  country_code: person.country_code,
  phone: person.phone,
})
