import { z } from "@medusajs/framework/zod"
import { literal } from "../database/sql"
import { defineStrategy, type ColumnReference } from "./strategy"

type Options = { keys?: string[] }

function scrubbed({ value, type, nullable }: ColumnReference, { keys }: Options) {
  if (!keys) {
    return nullable ? "NULL" : `'{}'::${type}`
  }
  const list = `ARRAY[${keys.map(literal).join(", ")}]::text[]`
  const source = type === "json" ? `${value}::jsonb` : value
  // Where keys are to go and there is no object, the shape is unknown: everything goes.
  const otherwise = nullable ? "" : `WHEN ${value} IS NOT NULL THEN '{}'::jsonb `
  const result = `CASE WHEN jsonb_typeof(${source}) = 'object' THEN ${source} - ${list} ${otherwise}END`
  return type === "json" ? `(${result})::json` : result
}

export const jsonScrub = defineStrategy<Options>({
  name: "json_scrub",
  description: "Emptied, or rid of the listed keys.",
  /** `keys`: only these keys go; without it everything goes. */
  options: z.object({ keys: z.array(z.string().min(1)).min(1).optional() }).strict(),
  types: ["json", "jsonb"],
  removes: true,
  mask: scrubbed,
  isMasked: (column, options) => `${column.value}::jsonb IS NOT DISTINCT FROM (${scrubbed(column, options)})::jsonb`,
})
