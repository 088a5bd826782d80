import { model } from "@medusajs/framework/utils"

/** A profile as it was when a request used it. Never changed. */
export const PrivacyProfileVersion = model
  .define("privacy_profile_version", {
    id: model.id({ prefix: "prvpv" }).primaryKey(),
    profile_id: model.text(),
    version: model.number(),
    overrides: model.json(),
  })
  .indexes([{ on: ["profile_id", "version"], unique: true }])
