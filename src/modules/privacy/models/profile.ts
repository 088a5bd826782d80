import { model } from "@medusajs/framework/utils"

/** A named set of overrides of the data map's strategies, chosen per request. */
export const PrivacyProfile = model.define("privacy_profile", {
  id: model.id({ prefix: "prvpro" }).primaryKey(),
  name: model.text().searchable(),
  description: model.text().nullable(),
  /** Counts up with every change; earlier versions stay in `privacy_profile_version`. */
  version: model.number().default(1),
  overrides: model.json(),
}).indexes([{ on: ["name"], unique: true, where: "deleted_at IS NULL" }])
