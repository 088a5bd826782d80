import { MedusaError } from "@medusajs/framework/utils"

/** What is asked for collides with something that is so already; answered as 409 with this message (api/utils/conflicts.ts). */
export const conflict = (message: string) => new MedusaError(MedusaError.Types.CONFLICT, message)
