import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../../../../../utils/conflicts"
import { actorOf, privacyOf } from "../../../../../../utils/officer"

/** POST /admin/privacy-webhooks/:id/deliveries/:delivery_id/redeliver: 202; the same event under the same id. Needs `configure`. */
export const POST = answeringConflicts(async (req: MedusaRequest, res: MedusaResponse) => {
  const { id, delivery_id } = req.params
  res.status(202).json({ privacy_delivery: await privacyOf(req).changeOneDelivery(delivery_id, "redeliver", actorOf(req), id) })
})
