import { z } from "@medusajs/framework/zod"
import { overrideSchema } from "../../../modules/privacy/erasure/plan"

export const profileSchema = z
  .object({
    name: z.string().trim().min(1).max(100),
    description: z.string().trim().max(1000).nullish(),
    overrides: z.array(overrideSchema).min(1).max(200),
  })
  .strict()

export const profileUpdateSchema = profileSchema.partial()

export type ProfileBody = z.infer<typeof profileSchema>
export type ProfileUpdateBody = z.infer<typeof profileUpdateSchema>
