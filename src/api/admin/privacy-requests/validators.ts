import { z } from "@medusajs/framework/zod"
import { pageSchema } from "../../utils/pagination"

export const requestsQuerySchema = pageSchema
  .extend({
    type: z.enum(["erasure", "access"]).optional(),
    status: z
      .enum(["awaiting_approval", "scheduled", "pending", "in_progress", "stopped", "complete", "canceled", "failed"])
      .optional(),
    customer_id: z.string().optional(),
  })
  .strict()

export const subjectsQuerySchema = pageSchema
  .extend({ status: z.enum(["pending", "complete", "held", "failed", "not_found", "canceled"]).optional() })
  .strict()
