import { z } from "@medusajs/framework/zod"
import { literal } from "../database/sql"
import { defineStrategy, type ColumnReference } from "./strategy"

type Options = { value: string | boolean; when?: string[] }

const applies = ({ value }: ColumnReference, { when }: Options) => (when ? `${value} IN (${when.map(literal).join(", ")})` : `${value} IS NOT NULL`)

/** For states, not for what is said of a person: a subscription becomes "canceled", a newsletter consent `false`. */
export const setStrategy = defineStrategy<Options>({
  name: "set",
  description: "Set to a fixed value, where it has one of the listed ones.",
  /** `value`: what it becomes; `when`: only where it is one of these, default wherever it has a value. */
  options: z.object({ value: z.union([z.string(), z.boolean()]), when: z.array(z.string()).min(1).optional() }).strict(),
  types: ["text", "boolean"],
  fits: (type, { value, when }) => (type === "boolean") === (typeof value === "boolean") && !(type === "boolean" && when),
  removes: false,
  mask: (column, options) => `CASE WHEN ${applies(column, options)} THEN ${literal(options.value)} ELSE ${column.value} END`,
  isMasked: (column, options) => `(${column.value} IS NULL OR ${column.value} = ${literal(options.value)} OR NOT (${applies(column, options)}))`,
})
