import { z } from "@medusajs/framework/zod"
import { METHODS } from "../../../../../modules/privacy/data-map/definition"
import { FORCIBLE_HOLD_CODES } from "../../../../../modules/privacy/holds/codes"
import { VALUE_CHOICES } from "../../../../../modules/privacy/vocabulary"

export const anonymizeSchema = z
  .object({
    /** The customer's e-mail address as the officer typed it. */
    email: z.string().trim().min(1).max(320),
    method: z.enum(METHODS).optional(),
    profile_id: z.string().min(1).nullish(),
    reason: z.string().trim().max(2000).nullish(),
    /** Codes of holds to force; needs the permission `override` and a reason. */
    override: z.array(z.enum(FORCIBLE_HOLD_CODES)).max(FORCIBLE_HOLD_CODES.length).optional(),
    /** What becomes of store credit and gift cards. Default "invalidate". */
    value: z.enum(VALUE_CHOICES).optional(),
  })
  .strict()

export type AnonymizeBody = z.infer<typeof anonymizeSchema>
