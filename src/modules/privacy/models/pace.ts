import { model } from "@medusajs/framework/utils"

/** What decides how fast bulk requests go: `shop`, when a shopper last asked for something. */
export const PrivacyPace = model.define("privacy_pace", {
  id: model.text().primaryKey(),
  at: model.dateTime(),
})
