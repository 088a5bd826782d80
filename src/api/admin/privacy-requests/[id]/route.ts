import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../utils/officer"

/** GET /admin/privacy-requests/:id: one request with its totals. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ privacy_request: await privacyOf(req).viewRequest(req.params.id) })
}
