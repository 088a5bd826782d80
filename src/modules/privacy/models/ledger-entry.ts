import { model } from "@medusajs/framework/utils"

/** One row per customer record that was erased: who is gone for good, since when. */
export const PrivacyLedgerEntry = model
  .define("privacy_ledger_entry", {
    id: model.id({ prefix: "prvled" }).primaryKey(),
    customer_id: model.text(),
    subject_id: model.text(),
    request_id: model.text(),
    method: model.enum(["anonymize", "delete"]),
    /** Of what was filed. */
    identifier_hash: model.text(),
    /** Of what was filed and of every address the customer was known by: any of them answers a look-up. */
    identifier_hashes: model.array(),
    identifier_redacted: model.text(),
    pseudonym: model.text(),
    erased_at: model.dateTime(),
    /** When somebody last looked whether anything came back. */
    swept_at: model.dateTime().nullable(),
    /** When that is done again; null when it is not. */
    next_sweep_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["customer_id"], unique: true }, { on: ["identifier_hash"] }, { on: ["identifier_hashes"], type: "GIN" }, { on: ["subject_id"] }, { on: ["next_sweep_at"], where: "next_sweep_at IS NOT NULL" }])
