import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "@medusajs/framework/zod"
import { METHODS } from "../../../modules/privacy/data-map/definition"
import { privacyOf } from "../../utils/officer"
import { parseQuery } from "../../utils/parse-query"

const querySchema = z.object({ method: z.enum(METHODS).optional(), profile_id: z.string().min(1).optional() }).strict()

/** GET /admin/privacy-data-map: the map, the strategies in force under a method and profile, and the coverage. Needs `view`. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { method, profile_id } = parseQuery(querySchema, req)
  res.json({ data_map: await privacyOf(req).viewDataMap(method, profile_id) })
}
