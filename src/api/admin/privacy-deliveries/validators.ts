import { z } from "@medusajs/framework/zod"
import { DELIVERY_STATUSES } from "../../../modules/privacy/vocabulary"
import { keyPageSchema } from "../../utils/pagination"

export const webhookDeliveriesQuerySchema = keyPageSchema.extend({ status: z.enum(DELIVERY_STATUSES).optional() }).strict()

export const deliveriesQuerySchema = keyPageSchema
  .extend({
    destination: z.string().max(100).optional(),
    webhook_id: z.string().max(100).optional(),
    status: z.enum(DELIVERY_STATUSES).optional(),
    request_id: z.string().max(100).optional(),
    subject_id: z.string().max(100).optional(),
    overdue: z
      .enum(["true", "false"])
      .transform((value) => value === "true")
      .optional(),
    q: z.string().max(100).optional(),
  })
  .strict()
