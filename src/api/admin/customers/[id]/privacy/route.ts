import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../../utils/officer"

/** GET /admin/customers/:id/privacy: footprint, value, holds and history of one customer. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ customer_privacy: await privacyOf(req).customerPrivacy(req.params.id) })
}
