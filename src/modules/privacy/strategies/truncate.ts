import { z } from "@medusajs/framework/zod"
import { defineStrategy } from "./strategy"

export const truncate = defineStrategy({
  name: "truncate",
  description: "Cut to its first characters.",
  /** `length`: how many characters stay. */
  options: z.object({ length: z.number().int().min(0).max(200) }).strict(),
  types: ["text"],
  removes: true,
  mask: ({ value }, { length }) => `left(${value}, ${length})`,
  isMasked: ({ value }, { length }) => `(${value} IS NULL OR char_length(${value}) <= ${length})`,
})
