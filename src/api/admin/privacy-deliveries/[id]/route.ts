import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../utils/officer"

/** GET /admin/privacy-deliveries/:id: one delivery with the log of its tries. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ privacy_delivery: await privacyOf(req).viewDelivery(req.params.id) })
}
