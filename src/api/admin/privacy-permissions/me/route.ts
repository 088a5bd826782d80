import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { permissionsOf, privacyOf } from "../../../utils/officer"

/** GET /admin/privacy-permissions/me: what the asking user may do; an empty list for most. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { defaultMethod, dueReminderDays, identifierTypes } = privacyOf(req)
  res.json({
    permissions: await permissionsOf(req),
    default_method: defaultMethod,
    identifier_types: identifierTypes,
    due_reminder_days: dueReminderDays,
    scheduling: true,
    access_requests: true,
  })
}
