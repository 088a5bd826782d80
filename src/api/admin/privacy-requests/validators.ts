import { z } from "@medusajs/framework/zod"
import { HOLD_CODES } from "../../../modules/privacy/holds/codes"
import { FAILURE, REQUEST_ORDERS } from "../../../modules/privacy/requests/read-requests"
import { REQUEST_STATUSES } from "../../../modules/privacy/requests/transitions"
import { pageSchema } from "../../utils/pagination"

const date = z.string().refine((value) => !Number.isNaN(Date.parse(value)), "must be a date")

export const requestsQuerySchema = pageSchema
  .extend({
    q: z.string().max(100).optional(),
    type: z.enum(["erasure", "access"]).optional(),
    status: z.enum(REQUEST_STATUSES).optional(),
    customer_id: z.string().optional(),
    requested_by: z.string().optional(),
    created_at: z
      .object({ $gte: date.optional(), $lte: date.optional(), gte: date.optional(), lte: date.optional() })
      .strict()
      .transform(({ $gte, $lte, gte, lte }) => ({ $gte: $gte ?? gte, $lte: $lte ?? lte }))
      .optional(),
    order: z.enum(REQUEST_ORDERS).optional(),
  })
  .strict()

export const subjectsQuerySchema = pageSchema
  .extend({
    status: z.enum(["pending", "complete", "held", "failed", "not_found", "canceled"]).optional(),
    reason: z.enum([...HOLD_CODES, FAILURE]).optional(),
  })
  .strict()

export const extendSchema = z.object({ reason: z.string().trim().min(1).max(2000) }).strict()

export type ExtendBody = z.infer<typeof extendSchema>

/** `confirm`: how many subjects the officer was told that approve, resume or retry takes. */
export const changeSchema = z.object({ confirm: z.number().int().min(0).optional() }).strict()

export type ChangeBody = z.infer<typeof changeSchema>
