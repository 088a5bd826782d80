import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf, permissionsOf, privacyOf } from "../../../utils/officer"

/**
 * GET /admin/privacy-permissions/me: what the asking user may do; an empty list for most. `notice` says why the options name their address
 * and they are no officer all the same.
 */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { defaultMethod, dueReminderDays, identifierTypes } = privacyOf(req)
  res.json({
    permissions: await permissionsOf(req),
    notice: await privacyOf(req).officerNotice(actorOf(req)),
    default_method: defaultMethod,
    identifier_types: identifierTypes,
    due_reminder_days: dueReminderDays,
    scheduling: true,
    access_requests: true,
  })
}
