import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { DeliveryAction } from "../../../modules/privacy/deliveries/change"
import { answeringConflicts } from "../../utils/conflicts"
import { actorOf, privacyOf } from "../../utils/officer"

/** A route that does one thing to a delivery: the delivery; 404; 409 when its state does not allow it. */
export const changing = (action: DeliveryAction, status = 200) =>
  answeringConflicts(async (req: MedusaRequest, res: MedusaResponse) => {
    res.status(status).json({ privacy_delivery: await privacyOf(req).changeOneDelivery(req.params.id, action, actorOf(req)) })
  })
