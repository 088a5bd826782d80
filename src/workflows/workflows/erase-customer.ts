import { createHook, createWorkflow, WorkflowResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"
import type { ErasureInput } from "../../modules/privacy/requests/file-erasure"
import { fileErasureRequestStep } from "../steps/file-erasure-request"

/**
 * Files the erasure of one customer and answers with the privacy request; the work runs in the background.
 *
 * The hook `validate` gets `{ customer_id, method }` before anything is written. A handler that throws a MedusaError vetoes the erasure
 * with its message.
 *
 * @example
 * eraseCustomerWorkflow.hooks.validate(({ customer_id }) => {
 *   throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "This customer's contract runs until March.")
 * })
 */
export const eraseCustomerWorkflow = createWorkflow("erase-customer", (input: WorkflowData<ErasureInput>) => {
  const validate = createHook("validate", { customer_id: input.customer_id, method: input.method })
  const request = fileErasureRequestStep(input)
  return new WorkflowResponse(request, { hooks: [validate] as const })
})
