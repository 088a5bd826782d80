import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { RequestAction } from "../../../modules/privacy/requests/transitions"
import { answeringConflicts } from "../../utils/conflicts"
import { actorOf, privacyOf } from "../../utils/officer"
import type { ChangeBody } from "./validators"

/**
 * A route that does one thing to a request: 200 with the request, 404, 409 when its state does not allow it. `taken` says how many subjects it hands
 * to the workers; with `confirm` in the body another number is refused (409).
 */
export const changing = (action: RequestAction, status = 200) =>
  answeringConflicts(async (req: MedusaRequest<ChangeBody>, res: MedusaResponse) => {
    const { confirm } = req.validatedBody
    const { request, taken } = await privacyOf(req).changeRequest(req.params.id, action, actorOf(req), confirm)
    res.status(status).json({ privacy_request: request, taken })
  })
