import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules, ProductStatus } from "@medusajs/framework/utils"
import { createInventoryLevelsWorkflow, createProductsWorkflow } from "@medusajs/medusa/core-flows"

import { run } from "./run"
import type { Store } from "./store"

/** Title, handle, what the variants differ in, the variants, price. */
const PRODUCTS = [
  ["Rain jacket Borkum", "rain-jacket", "Size", ["S", "M", "L"], 149],
  ["Merino shirt Tinos", "merino-shirt", "Size", ["S", "M", "L"], 69],
  ["Trekking boots Harz", "trekking-boots", "Size", ["39", "41", "43"], 189],
  ["Backpack Eifel 35", "backpack", "Colour", ["Green", "Black"], 129],
  ["Sleeping bag Rhön", "sleeping-bag", "Length", ["Regular", "Long"], 219],
  ["Two-person tent Mosel", "tent", "Colour", ["Green", "Sand"], 349],
  ["Camping stove Isar", "camping-stove", "Fuel", ["Gas"], 59],
  ["Steel bottle 1 l", "steel-bottle", "Colour", ["Steel", "Blue"], 29],
] as const

export type Catalog = Awaited<ReturnType<typeof createCatalog>>

/** The products with stock, and a gift card as the loyalty plugin sells it. */
export async function createCatalog(container: MedusaContainer, store: Store) {
  const price = (amount: number) => [
    { amount, currency_code: "eur" },
    { amount: Math.round(amount * 1.1), currency_code: "usd" },
  ]
  const common = { status: ProductStatus.PUBLISHED, sales_channels: [{ id: store.channel.id }] }
  const products = await run(container, createProductsWorkflow, {
    products: [
      ...PRODUCTS.map(([title, handle, option, values, amount]) => ({
        ...common,
        title,
        handle,
        description: `${title}: made to last, repaired for free.`,
        shipping_profile_id: store.profile.id,
        options: [{ title: option, values: [...values] }],
        variants: values.map((value) => ({
          title: value,
          sku: `${handle}-${value}`.toUpperCase(),
          options: { [option]: value },
          prices: price(amount),
        })),
      })),
      {
        ...common,
        title: "Gift card",
        handle: "gift-card",
        description: "For somebody who is hard to buy for.",
        is_giftcard: true,
        options: [{ title: "Value", values: ["25", "50"] }],
        variants: [25, 50].map((value) => ({
          title: String(value),
          sku: `GIFT-${value}`,
          manage_inventory: false,
          options: { Value: String(value) },
          prices: [
            { amount: value, currency_code: "eur" },
            { amount: value, currency_code: "usd" },
          ],
        })),
      },
    ],
  })
  const items = await container.resolve(Modules.INVENTORY).listInventoryItems({}, { take: 100 })
  await run(container, createInventoryLevelsWorkflow, {
    inventory_levels: items.map(({ id }) => ({ inventory_item_id: id, location_id: store.location.id, stocked_quantity: 5000 })),
  })
  return {
    product: (handle: string) => products.find((product) => product.handle === handle)!,
    /** A variant's id, by the product's handle and, where the choice matters, the variant's title. */
    variant: (handle: string, title?: string) => {
      const { variants } = products.find((product) => product.handle === handle)!
      return (variants.find((variant) => variant.title === title) ?? variants[0]).id
    },
  }
}
