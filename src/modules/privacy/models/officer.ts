import { model } from "@medusajs/framework/utils"

/** An address that the option `officers` names, and the one admin user it stands for. Written at the first start that sees the address; never deleted. */
export const PrivacyOfficer = model
  .define("privacy_officer", {
    id: model.id({ prefix: "prvofc" }).primaryKey(),
    /** The address as the options have it, byte for byte. */
    address: model.text(),
    /** The user whom it grants permissions; null while it stands for nobody. */
    user_id: model.text().nullable(),
    /** Why it stands for nobody: "no_user" or "several_users" when it was first seen. */
    unresolved: model.text().nullable(),
    bound_at: model.dateTime().nullable(),
    /** How it was bound: "start", "script", or the id of the user who did it. */
    bound_by: model.text().nullable(),
  })
  .indexes([{ on: ["address"], unique: true }, { on: ["user_id"] }])
