import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf, privacyOf } from "../../../utils/officer"
import type { IndexesBody } from "./validators"

/** GET /admin/privacy-data-map/indexes: indexes the ways to a subject's records lack, with what becomes of each. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ indexes: await privacyOf(req).viewIndexes() })
}

/**
 * POST /admin/privacy-data-map/indexes: has the named ones built in the background, without locking the tables. Needs `configure`.
 *
 * 202 with the list; 400 for a name that is not on it. One that is there or under way stays as it is.
 */
export const POST = async (req: MedusaRequest<IndexesBody>, res: MedusaResponse) => {
  res.status(202).json({ indexes: await privacyOf(req).createIndexes(req.validatedBody.names, actorOf(req)) })
}
