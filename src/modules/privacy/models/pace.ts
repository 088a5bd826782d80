import { model } from "@medusajs/framework/utils"

/** Moments that workers of all processes share: `shop`, when a shopper last asked for something; `exports`, up to when staged order exports were removed. */
export const PrivacyPace = model.define("privacy_pace", {
  id: model.text().primaryKey(),
  at: model.dateTime(),
})
