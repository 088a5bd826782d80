import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

/** What Postgres cannot store as text or JSON: NUL, and half of a surrogate pair. */
const UNSTORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** Where in a path, query string or body such a character stands; null when nowhere. */
export function unstorablePlace(value: unknown, place: string): string | null {
  if (typeof value === "string") {
    return UNSTORABLE.test(value) ? place : null
  }
  if (value === null || typeof value !== "object") {
    return null
  }
  for (const [key, inner] of Object.entries(value)) {
    const found = UNSTORABLE.test(key) ? place : unstorablePlace(inner, `${place}.${Array.isArray(value) ? Number(key) + 1 : key}`)
    if (found) {
      return found
    }
  }
  return null
}

/** Answers 400 to what no database can look for: the permission of a route, too, may be asked for by an id of the path. */
export function refuseUnstorable(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void {
  const place = unstorablePlace(req.params, "path") ?? unstorablePlace(req.query, "query") ?? unstorablePlace(req.body, "body")
  next(
    place
      ? new MedusaError(MedusaError.Types.INVALID_DATA, `Invalid request: ${place} holds a character that is no text (NUL or half a character). Remove it.`)
      : undefined
  )
}
