import { z } from "@medusajs/framework/zod"
import { FORMATS } from "../../../../../modules/privacy/extraction/customer-files"

export const extractSchema = z.object({ format: z.enum(FORMATS) }).strict()

export type ExtractBody = z.infer<typeof extractSchema>
