import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { PRIVACY_MODULE } from "../../modules/privacy"
import type { ErasureInput } from "../../modules/privacy/requests/file-erasure"
import type PrivacyModuleService from "../../modules/privacy/service"

/** Files the request; the erasure itself runs in the background and cannot be compensated. */
export const fileErasureRequestStep = createStep("file-erasure-request", async (input: ErasureInput, { container }) => {
  const privacy = container.resolve<PrivacyModuleService>(PRIVACY_MODULE)
  return new StepResponse(await privacy.requestErasure(input))
})
