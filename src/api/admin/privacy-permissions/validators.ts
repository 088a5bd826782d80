import { z } from "@medusajs/framework/zod"

/** An address of the option `officers`, letter for letter. */
export const bindOfficerSchema = z.strictObject({ user: z.string().min(1) })
