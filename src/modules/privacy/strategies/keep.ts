import { z } from "@medusajs/framework/zod"
import { defineStrategy } from "./strategy"

export const keep = defineStrategy({
  name: "keep",
  description: "Kept as it is.",
  options: z.object({}).strict(),
  types: ["text", "json", "jsonb", "boolean", "other"],
  removes: false,
  mask: ({ value }) => value,
  isMasked: () => "TRUE",
})
