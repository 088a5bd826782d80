import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { eraseCustomerWorkflow } from "../../../../../workflows/workflows/erase-customer"
import { answeringConflicts } from "../../../../utils/conflicts"
import { languageOf } from "../../../../utils/language"
import { actorOf, permissionsOf, privacyOf, refuse } from "../../../../utils/officer"
import type { AnonymizeBody } from "./validators"

/**
 * POST /admin/customers/:id/anonymize: files the erasure of one customer. Needs `erase`, and `override` to force a hold.
 *
 * 202 with the privacy request; 400 when the e-mail address does not match; 404; 409 when erased already or under way.
 */
export const POST = answeringConflicts(async (req: MedusaRequest<AnonymizeBody>, res: MedusaResponse) => {
  const { email, override, ...choices } = req.validatedBody
  if (override?.length && !(await permissionsOf(req)).includes("override")) {
    throw await refuse(
      req,
      "override",
      'Forcing a hold needs the privacy permission "override". Settle what is open, or ask an officer who has it.'
    )
  }
  const { result } = await eraseCustomerWorkflow(req.scope).run({
    // The address itself stays here: workflow inputs may be stored.
    input: {
      ...choices,
      override,
      customer_id: req.params.id,
      confirmation: await privacyOf(req).confirmationOf(email),
      language: languageOf(req),
      actor: actorOf(req),
    },
  })
  res.status(202).json({ privacy_request: result })
})
