import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

/**
 * Answers a conflict with its own words: Medusa's error handler replaces the message of every 409 by one about idempotency keys.
 */
export const answeringConflicts =
  <Body>(handler: (req: MedusaRequest<Body>, res: MedusaResponse) => Promise<void>) =>
  async (req: MedusaRequest<Body>, res: MedusaResponse): Promise<void> => {
    try {
      await handler(req, res)
    } catch (error) {
      const { type, message } = error as MedusaError
      if (type !== MedusaError.Types.CONFLICT) {
        throw error
      }
      res.status(409).json({ type, message })
    }
  }
