import { setTimeout } from "node:timers/promises"

import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  addGiftCardToCartWorkflow,
  addStoreCreditsToCartWorkflow,
  claimGiftCardWorkflow,
  createGiftCardsWorkflow,
  createStoreCreditAccountsWorkflow,
  creditStoreCreditAccountWorkflow,
  debitStoreCreditAccountWorkflow,
  updateGiftCardsWorkflow,
} from "@medusajs/loyalty-plugin/workflows"

import type { Catalog } from "./catalog"
import type { Buyer, OrderFlows } from "./orders"
import { run } from "./run"
import type { Ages } from "./stories"
import type { Name } from "./story-people"

/** Store credit and gift cards, with balances, some of them about to be spent. */
export async function giveValue(container: MedusaContainer, buyers: Record<Name, Buyer>, catalog: Catalog, flows: OrderFlows, ages: Ages) {
  await credit(container, buyers.anna, "eur", 42.5, "Sorry for the late parcel, Ms Schmidt")
  await credit(container, buyers.olivia, "usd", 75, "Photo contest, second prize: Olivia Davis")
  await credit(container, buyers.yara, "eur", 18, "Refund as credit")
  await credit(container, buyers.yara, "usd", 9.9, "Refund as credit")
  const spent = await credit(container, buyers.noah, "eur", 30, "Loyalty bonus")
  await run(container, debitStoreCreditAccountWorkflow, {
    account_id: spent,
    amount: 30,
    note: "Spent in the shop by Noah Becker",
    reference: "adjustment",
    reference_id: "counter-7",
  })

  // Paul bought two cards for somebody else. The loyalty plugin makes them from the order, in a subscriber that is not waited for.
  const purchase = await flows.place(buyers.paul, [
    {
      variant_id: catalog.variant("gift-card", "50"),
      quantity: 2,
      metadata: { recipient_name: "Lena Richter", recipient_email: "lena.richter@example.org", message: "For your balcony garden. Dad" },
    },
  ])
  ages.set(purchase.id, 15)
  await flows.capture(purchase)
  const cards = await cardsOfOrder(container, purchase.id, 2)
  await run(
    container,
    updateGiftCardsWorkflow,
    cards.map(({ id }, index) => ({
      id,
      code: `PAUL-GIFT-${index + 1}`,
      note: "From Paul Richter to Lena Richter",
      metadata: { recipient_email: "lena.richter@example.org" },
    })) as any
  )

  // Quentin was given one and claimed it: its balance is his store credit now.
  await giftCard(container, "QUENTIN-CARD", 25, "eur", "For Quentin Moreau, from the support team")
  await run(container, claimGiftCardWorkflow, { code: "QUENTIN-CARD", customer_id: buyers.quentin.customer_id })

  // Rosa has both on a cart that waits at the payment page.
  await credit(container, buyers.rosa, "eur", 12, "Welcome")
  await giftCard(container, "ROSA-CARD", 25, "eur", "For Rosa Garcia")
  const cart = await flows.checkout(buyers.rosa, [{ variant_id: catalog.variant("backpack", "Black"), quantity: 1 }], {
    metadata: { newsletter_name: "Rosa Garcia", device: "Rosa's phone" },
  })
  await run(container, addStoreCreditsToCartWorkflow, { cart_id: cart.id, amount: 12 })
  await run(container, addGiftCardToCartWorkflow, { cart_id: cart.id, code: "ROSA-CARD" })
}

async function credit(container: MedusaContainer, buyer: Buyer, currency_code: string, amount: number, note: string) {
  const [account] = await run(container, createStoreCreditAccountsWorkflow, [{ customer_id: buyer.customer_id, currency_code }])
  await run(container, creditStoreCreditAccountWorkflow, {
    account_id: account.id,
    amount,
    note,
    reference: "adjustment",
    reference_id: buyer.customer_id,
  })
  return account.id
}

async function giftCard(container: MedusaContainer, code: string, value: number, currency_code: string, note: string) {
  await run(container, createGiftCardsWorkflow, [{ code, value, currency_code, note } as any])
}

async function cardsOfOrder(container: MedusaContainer, reference_id: string, count: number): Promise<{ id: string }[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const until = Date.now() + 10_000
  while (Date.now() < until) {
    const { data } = await query.graph({ entity: "gift_card", fields: ["id", "status"], filters: { reference_id, status: "redeemed" } as any })
    if (data.length === count) {
      return data as { id: string }[]
    }
    await setTimeout(100)
  }
  throw new Error(`The gift cards of order ${reference_id} were not made`)
}
