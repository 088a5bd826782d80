import type { z } from "@medusajs/framework/zod"

/** Column types the data map classifies, plus those a strategy may set besides. */
export type ColumnType = "text" | "json" | "jsonb" | "boolean" | "other"

/** A column as a strategy sees it: SQL fragments of the statement it becomes part of. */
export interface ColumnReference {
  /** The column's present value, e.g. `t."email"`. */
  value: string
  /** The row's key, e.g. `t."id"`. */
  key: string
  type: ColumnType
  nullable: boolean
  /** The subject's pseudonym: random, the same in every row of one subject. */
  pseudonym: string
  /** A secret of this store that exists only inside the transaction; for keyed hashes. */
  salt: string
  /** Id of the "Unknown Customer", set when the method is `delete`. */
  unknownCustomer: string
}

/**
 * What happens to one column. A strategy is idempotent: masking a masked value leaves it as it is.
 */
export interface MaskingStrategy<Options = unknown> {
  name: string
  /** One line for officers, in English; the admin translates by name. */
  description: string
  options: z.ZodType<Options>
  /** Types of column it can be used on. */
  types: ColumnType[]
  /** False when these options do not go with that type of column. */
  fits?(type: ColumnType, options: Options, nullable: boolean): boolean
  /** True when the personal value is gone afterwards. */
  removes: boolean
  /** SQL expression of the new value. */
  mask(column: ColumnReference, options: Options): string
  /** SQL predicate: true when the stored value is one this strategy leaves behind. */
  isMasked(column: ColumnReference, options: Options): string
  /** True when `isMasked` says exactly whether the mask would change the value, and costs less than building it. */
  isExact?: true
}

export function defineStrategy<Options>(strategy: MaskingStrategy<Options>): MaskingStrategy<Options> {
  return strategy
}
