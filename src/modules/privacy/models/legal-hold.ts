import { model } from "@medusajs/framework/utils"

/** A person whose data must not be erased for now: a dispute, an investigation. */
export const PrivacyLegalHold = model
  .define("privacy_legal_hold", {
    id: model.id({ prefix: "prvhold" }).primaryKey(),
    customer_id: model.text(),
    reason: model.text(),
    placed_by: model.text().nullable(),
    released_at: model.dateTime().nullable(),
    released_by: model.text().nullable(),
  })
  .indexes([{ name: "IDX_privacy_legal_hold_customer_id", on: ["customer_id"] }, { on: ["customer_id"], unique: true, where: "released_at IS NULL AND deleted_at IS NULL" }])
