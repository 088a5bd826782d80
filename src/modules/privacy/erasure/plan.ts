import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { CATEGORIES, type MapColumn, type MapEntry, type Method } from "../data-map/definition"
import type { LiveMapColumn } from "../data-map/live-map"
import { canMask, resolveStrategy, type ResolvedStrategy } from "../strategies"
import type { ErasurePlan } from "./mask"

/** One override of a profile: a category, a column in every table, or one column of one table; the narrower wins. */
export const overrideSchema = z
  .object({
    category: z.enum(CATEGORIES).optional(),
    table: z.string().min(1).optional(),
    column: z.string().min(1).optional(),
    strategy: z.string().min(1),
    options: z.record(z.string(), z.unknown()).optional(),
  })
  .strict()
  .refine(({ category, table, column }) => (category ? !table && !column : Boolean(column)), {
    message: "name either a category, or a column (with or without its table)",
  })

export type ProfileOverride = z.infer<typeof overrideSchema>

/** Keys and logins: a profile that kept them would leave the subject reachable or the shop's records broken. */
const FIXED = new Set(["technical", "credential"])

const rank = ({ table, column }: ProfileOverride) => (table ? 2 : column ? 1 : 0)

const applies = (override: ProfileOverride, entry: { table: string }, column: MapColumn) =>
  override.category ? override.category === column.category : override.column === column.name && (!override.table || override.table === entry.table)

/** What the map itself replaces by a pseudonym leads to a person, even where rows are not found by it. */
const isIdentifier = (entry: MapEntry, column: MapColumn) =>
  entry.rows.some((row) => "identifier" in row && row.column === column.name) ||
  Object.values(column.strategies).some(({ strategy }) => strategy.name === "pseudonym")

/** Strategies that leave nothing of a value: of an address cut short enough still stays to know it by. */
const LEAVES_NOTHING = new Set(["null", "redact", "pseudonym", "hash"])

/**
 * Checks a profile against the data map.
 *
 * @throws MedusaError INVALID_DATA naming the override and what to do
 */
export function checkOverrides(overrides: ProfileOverride[], entries: MapEntry[]): void {
  for (const override of overrides) {
    const label = override.category ? `category "${override.category}"` : `"${[override.table, override.column].filter(Boolean).join(".")}"`
    const resolved = strategyOf(override, label)
    const { strategy } = resolved
    const fail = (problem: string) => new MedusaError(MedusaError.Types.INVALID_DATA, `Privacy: the override of ${label} ${problem}`)
    const columns = entries.flatMap((entry) =>
      entry.columns.filter((column) => applies(override, entry, column)).map((column) => ({ entry, column }))
    )
    if (!columns.length) {
      throw fail("fits no column of the data map. See GET /admin/privacy-data-map for the names.")
    }
    if (columns.some(({ column }) => FIXED.has(column.category)) || (override.category && FIXED.has(override.category))) {
      throw fail("is not allowed: technical columns and credentials always follow the data map.")
    }
    if (columns.every(({ column }) => "live" in column && !canMask(resolved, (column as LiveMapColumn).live))) {
      throw fail(`is not allowed: the strategy "${strategy.name}" cannot be used on columns of that type.`)
    }
    if (strategy.name === "reassign") {
      throw fail("is not allowed: only the reference to the customer can be reassigned.")
    }
    if (!LEAVES_NOTHING.has(strategy.name) && columns.some(({ entry, column }) => isIdentifier(entry, column))) {
      throw fail(`is not allowed: an identifier that stays would lead back to the subject. Use one of ${[...LEAVES_NOTHING].join(", ")}.`)
    }
  }
}

function strategyOf({ strategy, options }: ProfileOverride, where: string): ResolvedStrategy {
  return resolveStrategy({ ...options, strategy }, where)
}

/** The plan of one request: the map's strategies under a method, with a profile's overrides laid over them. */
export function makePlan(method: Method, overrides: ProfileOverride[] = []): ErasurePlan {
  const ordered = [...overrides].sort((a, b) => rank(b) - rank(a))
  const chosen = new Map<string, ResolvedStrategy>()
  return {
    method,
    strategyOf(entry, column) {
      const key = `${entry.name}.${column.name}`
      let strategy = chosen.get(key)
      if (!strategy) {
        const override = FIXED.has(column.category)
          ? undefined
          : ordered.find(
              (item) => applies(item, entry, column) && canMask(strategyOf(item, key), column.live)
            )
        strategy = override ? strategyOf(override, key) : column.strategies[method]
        chosen.set(key, strategy)
      }
      return strategy
    },
  }
}
