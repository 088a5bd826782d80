import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../../utils/officer"

/** GET /admin/privacy-requests/:id/files: the archives of an extract, also those that are gone, and who downloaded them. Needs `extract`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const files = await privacyOf(req).viewFiles(req.params.id)
  res.set("cache-control", "no-store").json({ files, count: files.length })
}
