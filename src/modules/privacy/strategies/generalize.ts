import { z } from "@medusajs/framework/zod"
import { defineStrategy } from "./strategy"

/** Leading characters of a postcode that name an area, not a street. */
const DEFAULT_KEEP = 2

export const generalize = defineStrategy({
  name: "generalize",
  description: "Made coarser: the first characters stay, the rest becomes *.",
  /** `keep`: how many leading characters stay, default 2. */
  options: z.object({ keep: z.number().int().min(0).max(20).optional() }).strict(),
  types: ["text"],
  removes: true,
  mask: ({ value }, { keep = DEFAULT_KEEP }) =>
    `left(${value}, ${keep}) || repeat('*', greatest(char_length(${value}) - ${keep}, 0))`,
  isMasked: ({ value }, { keep = DEFAULT_KEEP }) => `(${value} IS NULL OR substr(${value}, ${keep + 1}) !~ '[^*]')`,
})
