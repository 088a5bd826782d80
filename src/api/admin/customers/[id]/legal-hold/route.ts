import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answeringConflicts } from "../../../../utils/conflicts"
import { actorOf, privacyOf } from "../../../../utils/officer"
import type { LegalHoldBody } from "./validators"

/** POST /admin/customers/:id/legal-hold: forbids the erasure until released. Needs `configure`. 404; 409 when the customer was erased. */
export const POST = answeringConflicts(async (req: MedusaRequest<LegalHoldBody>, res: MedusaResponse) => {
  await privacyOf(req).placeLegalHold(req.params.id, req.validatedBody.reason, actorOf(req))
  res.json({ customer_privacy: await privacyOf(req).customerPrivacy(req.params.id) })
})

/** DELETE /admin/customers/:id/legal-hold: releases it. Needs `configure`. */
export const DELETE = async (req: MedusaRequest, res: MedusaResponse) => {
  await privacyOf(req).releaseLegalHold(req.params.id, actorOf(req))
  res.json({ customer_privacy: await privacyOf(req).customerPrivacy(req.params.id) })
}
