import { model } from "@medusajs/framework/utils"

/** Two clocks of the store: `shop`, when a shopper last asked for something; `bulk`, until when bulk requests rest for the shop's sake. */
export const PrivacyPace = model.define("privacy_pace", {
  id: model.text().primaryKey(),
  at: model.dateTime(),
})
