import { asValue } from "@medusajs/framework/awilix"
import { moduleProviderLoader } from "@medusajs/framework/modules-sdk"
import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import type { PrivacyOptions } from "../options"
import { IDENTIFIER_NEEDS, type DestinationProvider } from "./contract"

/** A destination of the options, with its provider. */
export interface Destination {
  id: string
  /** Days in which it must have confirmed. */
  deadlineDays: number
  provider: DestinationProvider
}

/** Where the module's container keeps them. */
export const DESTINATIONS = "privacyDestinations"

type ProviderClass = new (dependencies: unknown, options: Record<string, unknown>) => DestinationProvider

/**
 * Loads the providers named in the options, as Medusa loads those of its own modules.
 *
 * @throws MedusaError INVALID_DATA when one is not a destination; whatever its `validateOptions` throws
 */
export async function loadDestinations(container: MedusaContainer, { destinations }: Pick<PrivacyOptions, "destinations">): Promise<void> {
  const loaded = new Map<string, Destination>()
  await moduleProviderLoader({
    container,
    providers: destinations as never,
    registerServiceFn: async (service: unknown, moduleContainer: MedusaContainer, { id, options = {} }: { id: string; options?: Record<string, unknown> }) => {
      const provider = new (service as ProviderClass)(moduleContainer.cradle, options)
      check(id, provider)
      const { deadline_days } = destinations.find((item) => item.id === id) as PrivacyOptions["destinations"][number]
      loaded.set(id, { id, deadlineDays: deadline_days, provider })
    },
  })
  container.register(DESTINATIONS, asValue(destinations.map(({ id }) => loaded.get(id) as Destination)))
}

function check(id: string, { needs, erase, eraseMany }: DestinationProvider): void {
  const fail = (problem: string) =>
    new MedusaError(MedusaError.Types.INVALID_DATA, `Privacy: the destination "${id}" ${problem} See docs/destinations.md for the contract.`)
  if (typeof erase !== "function" && typeof eraseMany !== "function") {
    throw fail("has neither `erase` nor `eraseMany`.")
  }
  if (!Array.isArray(needs) || !needs.length || needs.some((need) => !IDENTIFIER_NEEDS.includes(need))) {
    throw fail(`must say under \`needs\` what it knows a subject by: ${IDENTIFIER_NEEDS.join(", ")}.`)
  }
}
