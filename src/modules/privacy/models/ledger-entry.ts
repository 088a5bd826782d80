import { model } from "@medusajs/framework/utils"

/** One row per customer record that was erased: who is gone for good, since when. */
export const PrivacyLedgerEntry = model
  .define("privacy_ledger_entry", {
    id: model.id({ prefix: "prvled" }).primaryKey(),
    customer_id: model.text(),
    subject_id: model.text(),
    request_id: model.text(),
    method: model.enum(["anonymize", "delete"]),
    identifier_hash: model.text(),
    identifier_redacted: model.text(),
    pseudonym: model.text(),
    erased_at: model.dateTime(),
  })
  .indexes([{ on: ["customer_id"], unique: true }, { on: ["identifier_hash"] }, { on: ["subject_id"] }])
