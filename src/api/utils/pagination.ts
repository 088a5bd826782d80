import { z } from "@medusajs/framework/zod"

/** `limit` and `offset` of a list; texts in a query string. */
export const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(20),
  offset: z.coerce.number().int().min(0).default(0),
})
