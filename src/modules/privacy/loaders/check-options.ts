import type { LoaderOptions } from "@medusajs/framework/types"
import { defineDataMap } from "../data-map/definition"
import { loadDestinations } from "../destinations/registry"
import { medusaTables } from "../data-map/tables"
import { parseOptions } from "../options"

/** Refuses to start with wrong options, a wrong declaration or a wrong destination, with a message that says what to do. */
export default async function checkOptions({ options, container }: LoaderOptions): Promise<void> {
  const parsed = parseOptions(options, { production: process.env.NODE_ENV === "production" })
  defineDataMap([...medusaTables(parsed), ...parsed.tables])
  await loadDestinations(container, parsed)
}
