import { z } from "@medusajs/framework/zod"

export const legalHoldSchema = z.object({ reason: z.string().trim().min(1).max(2000) }).strict()

export type LegalHoldBody = z.infer<typeof legalHoldSchema>
