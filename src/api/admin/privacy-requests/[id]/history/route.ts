import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../../utils/officer"

/** GET /admin/privacy-requests/:id/history: who did what to the request, newest first. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ history: await privacyOf(req).viewHistory(req.params.id) })
}
