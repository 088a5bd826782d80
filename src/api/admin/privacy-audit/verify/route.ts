import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../utils/officer"

/** GET /admin/privacy-audit/verify: walks the hash chain and names the first place where it breaks. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ chain: await privacyOf(req).verifyAuditLog() })
}
