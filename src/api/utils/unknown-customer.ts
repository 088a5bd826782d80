import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { privacyOf } from "./officer"

/** Deleted customers' orders hang on this record: nobody removes or renames it. */
export async function protectUnknownCustomer(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  if (req.params.id === (await privacyOf(req).unknownCustomerId())) {
    return next(
      new MedusaError(MedusaError.Types.NOT_ALLOWED, "The Unknown Customer holds the orders of deleted customers and cannot be changed.")
    )
  }
  next()
}
