import type { MedusaRequest } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import type { z } from "@medusajs/framework/zod"

/**
 * Reads the query string by a schema.
 *
 * @throws MedusaError INVALID_DATA naming the parameter
 */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, req: MedusaRequest): z.output<Schema> {
  const parsed = schema.safeParse(req.query)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "query"}: ${message}`)
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `Invalid request: ${problems.join("; ")}`)
  }
  return parsed.data
}
