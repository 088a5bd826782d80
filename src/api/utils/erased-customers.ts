import type { AuthenticatedMedusaRequest, MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "./officer"

/** Tokens are stateless and outlive the account: an erased customer's token or session is refused at the door. */
export async function refuseErasedCustomers(req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  const auth = (req as AuthenticatedMedusaRequest).auth_context
  if (auth?.actor_type === "customer" && auth.actor_id && (await privacyOf(req).isErasedCustomer(auth.actor_id))) {
    const session = req.session as { auth_context?: unknown } | undefined
    if (session) {
      delete session.auth_context
    }
    res.status(401).json({ type: "unauthorized", message: "Unauthorized" })
    return
  }
  next()
}
