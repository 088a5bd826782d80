import { MedusaError } from "@medusajs/framework/utils"
import { generalize } from "./generalize"
import { hash } from "./hash"
import { jsonKeep } from "./json-keep"
import { jsonMembers } from "./json-members"
import { jsonScrub } from "./json-scrub"
import { keep } from "./keep"
import { nullStrategy } from "./null"
import { pseudonym } from "./pseudonym"
import { reassign } from "./reassign"
import { redact } from "./redact"
import { setStrategy } from "./set"
import type { ColumnType, MaskingStrategy } from "./strategy"
import { truncate } from "./truncate"

export type { ColumnReference, ColumnType, MaskingStrategy } from "./strategy"

/** Every masking strategy of a column, by name. `delete_row` is said of a whole table, not of a column. */
export const STRATEGIES: MaskingStrategy<any>[] = [
  keep, nullStrategy, redact, pseudonym, generalize, truncate, hash, jsonKeep, jsonScrub, jsonMembers, reassign, setStrategy,
]

const byName = new Map(STRATEGIES.map((strategy) => [strategy.name, strategy]))

/** A strategy with its options, as declarations and profiles write it: `"null"` or `{ strategy: "truncate", length: 3 }`. */
export type StrategySpecification = string | ({ strategy: string } & Record<string, unknown>)

/** A strategy with checked options. */
export interface ResolvedStrategy {
  strategy: MaskingStrategy<any>
  options: Record<string, unknown>
}

/**
 * Looks a strategy up and checks its options.
 *
 * @param where names the place in messages, e.g. `order.email`
 * @throws MedusaError INVALID_DATA that lists the valid names, or says which option is wrong
 */
export function resolveStrategy(specification: StrategySpecification, where: string): ResolvedStrategy {
  const { strategy: name, ...options } = typeof specification === "string" ? { strategy: specification } : specification
  const strategy = byName.get(name)
  if (!strategy) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `Privacy: ${where} names the unknown strategy "${name}". Valid ones: ${[...byName.keys()].join(", ")}.`
    )
  }
  const checked = strategy.options.safeParse(options)
  if (!checked.success) {
    const [issue] = checked.error.issues
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `Privacy: ${where}, strategy "${name}": ${issue.path.join(".") || "options"}: ${issue.message}`
    )
  }
  return { strategy, options: checked.data as Record<string, unknown> }
}

/** True when such a column can be masked so. */
export const canMask = ({ strategy, options }: ResolvedStrategy, { type, nullable }: { type: ColumnType; nullable: boolean }): boolean =>
  strategy.types.includes(type) && strategy.fits?.(type, options, nullable) !== false
