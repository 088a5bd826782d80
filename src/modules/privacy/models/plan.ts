import { model } from "@medusajs/framework/utils"

/** What a reconciliation showed an officer, kept for a day, so that a start under another plan can say what differs. */
export const PrivacyPlan = model
  .define("privacy_plan", {
    id: model.id({ prefix: "prvplan" }).primaryKey(),
    hash: model.text(),
    customer_ids: model.array(),
  })
  .indexes([{ on: ["hash"], unique: true }])
