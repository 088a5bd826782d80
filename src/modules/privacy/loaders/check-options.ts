import type { LoaderOptions } from "@medusajs/framework/types"
import { defineDataMap } from "../data-map/definition"
import { loadDestinations } from "../destinations/registry"
import { MEDUSA_TABLES } from "../data-map/tables"
import { parseOptions } from "../options"

/** Refuses to start with wrong options, a wrong declaration or a wrong destination, with a message that says what to do. */
export default async function checkOptions({ options, container }: LoaderOptions): Promise<void> {
  const { tables, destinations } = parseOptions(options, { production: process.env.NODE_ENV === "production" })
  defineDataMap([...MEDUSA_TABLES, ...tables])
  await loadDestinations(container, { destinations })
}
