import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { safeMessage } from "../../modules/privacy/jobs/errors"
import { NOTED_EVERY } from "../../modules/privacy/jobs/shop-first"
import { privacyOf } from "./officer"

let noted = 0

/** Notes now and then that the shop is in use, for bulk requests to make way. The shopper does not wait for it. */
export function noteShopUse(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void {
  if (Date.now() - noted >= NOTED_EVERY * 1000) {
    noted = Date.now()
    privacyOf(req)
      .noteShopper()
      .catch((error) => req.scope.resolve(ContainerRegistrationKeys.LOGGER).warn(`Privacy: it could not be noted that the shop is in use. ${safeMessage(error)}`))
  }
  next()
}
