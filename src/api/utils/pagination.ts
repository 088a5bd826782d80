import { z } from "@medusajs/framework/zod"

/** `limit` and `offset` of a list; texts in a query string. */
export const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(20),
  offset: z.coerce.number().int().min(0).default(0),
})

/** `limit` of a list that is paged by key, and where the page begins: the `next` of the page before. */
export const keyPageSchema = z.object({
  limit: pageSchema.shape.limit,
  cursor: z.string().min(1).max(200).optional(),
})
