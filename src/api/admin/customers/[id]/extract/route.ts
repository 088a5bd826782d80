import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../../../utils/conflicts"
import { languageOf } from "../../../../utils/language"
import { actorOf, privacyOf } from "../../../../utils/officer"
import type { ExtractBody } from "./validators"

/**
 * POST /admin/customers/:id/extract: files an extract of one customer. Needs `extract`.
 *
 * 202 with the privacy request; 404; 409 when the customer was erased or an extract of it is under way.
 */
export const POST = answeringConflicts(async (req: MedusaRequest<ExtractBody>, res: MedusaResponse) => {
  const request = await privacyOf(req).requestExtract({
    customer_id: req.params.id,
    format: req.validatedBody.format,
    language: languageOf(req),
    actor: actorOf(req),
  })
  res.status(202).json({ privacy_request: request })
})
