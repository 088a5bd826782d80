import { model } from "@medusajs/framework/utils"

/** Refusals of one actor, permission and method that the audit log has not been told of yet. */
export const PrivacyRefusal = model.define("privacy_refusal", {
  id: model.text().primaryKey(),
  actor_id: model.text().nullable(),
  actor_type: model.text(),
  permission: model.text(),
  method: model.text(),
  /** When the audit log was last told. */
  told_at: model.dateTime(),
  /** How many were refused since. */
  untold: model.number().default(0),
})
