import { z } from "@medusajs/framework/zod"

export const indexesSchema = z.object({ names: z.array(z.string().min(1).max(63)).min(1).max(200) }).strict()

export type IndexesBody = z.infer<typeof indexesSchema>
