import { model } from "@medusajs/framework/utils"

/** What the pepper of an id made of a constant: another pepper under the same id is noticed by it. It says nothing about the pepper. */
export const PrivacyKeyCheck = model.define("privacy_key_check", {
  /** Id of the key. */
  id: model.text().primaryKey(),
  value: model.text(),
})
