import { model } from "@medusajs/framework/utils"

/** One thing that was done. Written once; only the sealer adds its place in the hash chain, once. Triggers refuse the rest. */
export const PrivacyAuditEntry = model
  .define("privacy_audit_entry", {
    id: model.id({ prefix: "prvaud" }).primaryKey(),
    /** What happened: "erasure.requested", "erasure.completed", … */
    action: model.text(),
    actor_id: model.text().nullable(),
    actor_type: model.text(),
    request_id: model.text().nullable(),
    subject_id: model.text().nullable(),
    customer_id: model.text().nullable(),
    /** Ids, codes and counts; never personal data. */
    details: model.json().nullable(),
    position: model.number().nullable(),
    previous_hash: model.text().nullable(),
    hash: model.text().nullable(),
  })
  .indexes([
    { on: ["position"], unique: true, where: "position IS NOT NULL" },
    { on: ["created_at"], where: "position IS NULL" },
    { on: ["customer_id"] },
    { on: ["request_id"] },
  ])
