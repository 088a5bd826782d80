import { z } from "@medusajs/framework/zod"
import { defineStrategy } from "./strategy"

export const reassign = defineStrategy({
  name: "reassign",
  description: "Handed to the Unknown Customer.",
  options: z.object({}).strict(),
  types: ["text"],
  removes: true,
  mask: ({ unknownCustomer }) => unknownCustomer,
  isMasked: ({ value, unknownCustomer }) => `${value} = ${unknownCustomer}`,
})
