import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createLocationFulfillmentSetWorkflow,
  createRegionsWorkflow,
  createServiceZonesWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"

import { databaseOf } from "./database"
import { run } from "./run"

const EUROPE = ["de", "fr", "it", "es", "nl", "at"]
const VAT: Record<string, number> = { de: 19, fr: 20, it: 22, es: 21, nl: 21, at: 20 }
const PAYMENT = "pp_system_default"
const FULFILLMENT = "manual_manual"

export type Store = Awaited<ReturnType<typeof createStore>>

/** Everything a store needs before it has products. Medusa itself made the sales channel and the publishable key. */
export async function createStore(container: MedusaContainer) {
  const [store] = await container.resolve(Modules.STORE).listStores()
  const [channel] = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels()
  await run(container, updateStoresWorkflow, {
    selector: { id: store.id },
    update: {
      name: "Fernweh Outdoor",
      supported_currencies: [{ currency_code: "eur", is_default: true }, { currency_code: "usd" }],
    },
  })

  const [europe, america] = await run(container, createRegionsWorkflow, {
    regions: [
      { name: "Europe", currency_code: "eur", countries: EUROPE, payment_providers: [PAYMENT] },
      { name: "United States", currency_code: "usd", countries: ["us"], payment_providers: [PAYMENT] },
    ],
  })
  await run(container, createTaxRegionsWorkflow, [
    ...EUROPE.map((country_code) => ({
      country_code,
      provider_id: "tp_system",
      default_tax_rate: { rate: VAT[country_code], code: `vat_${country_code}`, name: "VAT" },
    })),
    { country_code: "us", provider_id: "tp_system", default_tax_rate: { rate: 8, code: "us_sales", name: "Sales tax" } },
  ])

  const [location] = await run(container, createStockLocationsWorkflow, {
    locations: [
      { name: "Warehouse Leipzig", address: { address_1: "Lagerstraße 1", city: "Leipzig", postal_code: "04356", country_code: "de" } },
    ],
  })
  await databaseOf(container).raw(`UPDATE store SET default_location_id = ?, default_region_id = ?`, [location.id, europe.id])
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: FULFILLMENT },
  })
  await run(container, createLocationFulfillmentSetWorkflow, {
    location_id: location.id,
    fulfillment_set_data: { name: "Delivery", type: "shipping" },
  })
  await run(container, linkSalesChannelsToStockLocationWorkflow, { id: location.id, add: [channel.id] })
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const [set] = await fulfillment.listFulfillmentSets({ name: "Delivery" })
  const [zone] = await run(container, createServiceZonesWorkflow, {
    data: [
      {
        name: "Europe and United States",
        fulfillment_set_id: set.id,
        geo_zones: [...EUROPE, "us"].map((country_code) => ({ country_code, type: "country" as const })),
      },
    ],
  })
  let [profile] = await fulfillment.listShippingProfiles({ type: "default" })
  if (!profile) {
    ;[profile] = await run(container, createShippingProfilesWorkflow, { data: [{ name: "Default", type: "default" }] })
  }
  const option = (name: string, amount: number, rules: { attribute: string; operator: "eq"; value: string }[]) => ({
    name,
    price_type: "flat" as const,
    provider_id: FULFILLMENT,
    service_zone_id: zone.id,
    shipping_profile_id: profile.id,
    type: { label: name, description: name, code: name.toLowerCase() },
    prices: [
      { currency_code: "eur", amount },
      { currency_code: "usd", amount },
    ],
    rules,
  })
  const inStore = { attribute: "enabled_in_store", operator: "eq" as const, value: "true" }
  const isReturn = (value: string) => ({ attribute: "is_return", operator: "eq" as const, value })
  const [standard, , returns] = await run(container, createShippingOptionsWorkflow, [
    option("Standard", 5, [inStore, isReturn("false")]),
    option("Express", 14, [inStore, isReturn("false")]),
    option("Return", 0, [inStore, isReturn("true")]),
  ])

  return { channel, europe, america, location, profile, shipping: standard, returnShipping: returns }
}
