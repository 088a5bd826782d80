import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { RequestAction } from "../../../modules/privacy/requests/transitions"
import { answeringConflicts } from "../../utils/conflicts"
import { actorOf, privacyOf } from "../../utils/officer"

/** A route that does one thing to a request: 200 with the request, 404, 409 when its state does not allow it. */
export const changing = (action: RequestAction, status = 200) =>
  answeringConflicts(async (req: MedusaRequest, res: MedusaResponse) => {
    res.status(status).json({ privacy_request: await privacyOf(req).changeRequest(req.params.id, action, actorOf(req)) })
  })
