import { container } from "@medusajs/framework"
import { providerCourier } from "../destinations/courier"
import type { Destination } from "../destinations/registry"
import { isLocal, localCourier } from "../destinations/local"
import type { PrivacyOptions } from "../options"
import { webhookCourier } from "../webhooks/courier"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Courier, CourierOf } from "./dispatcher"

/** Who delivers what: Medusa's own parts, the webhooks, the destinations of the options. */
export function couriers(connection: Knex, options: PrivacyOptions, destinations: Destination[]): CourierOf {
  const providers = new Map<string, Courier>(destinations.map((destination) => [destination.id, providerCourier(options.hashKeys, destination)]))
  const webhooks = webhookCourier(connection, options)
  return (lane) => {
    if (isLocal(lane)) {
      return localCourier(container, lane)
    }
    return lane.startsWith("prvwh_") ? webhooks : (providers.get(lane) ?? null)
  }
}
