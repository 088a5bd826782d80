import { z } from "@medusajs/framework/zod"
import { defineStrategy, type ColumnReference } from "./strategy"

const empty = ({ type, nullable }: ColumnReference) => {
  if (nullable) {
    return "NULL"
  }
  return type === "text" ? "''" : `'{}'::${type}`
}

export const nullStrategy = defineStrategy({
  name: "null",
  description: "Emptied.",
  options: z.object({}).strict(),
  types: ["text", "json", "jsonb", "other"],
  // A date that must be there has no empty form.
  fits: (type, _options, nullable) => type !== "other" || nullable,
  removes: true,
  mask: empty,
  isMasked: (column) => (column.nullable ? `${column.value} IS NULL` : `${column.value}::text = ${empty(column)}::text`),
})
