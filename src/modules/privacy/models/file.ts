import { model } from "@medusajs/framework/utils"

/** A part of an extract: one encrypted archive in the file storage. Without its key it is noise; the row stays as the proof of what there was. */
export const PrivacyFile = model
  .define("privacy_file", {
    id: model.id({ prefix: "prvfile" }).primaryKey(),
    request_id: model.text(),
    /** Counts the archives of a request from 1. */
    part: model.number(),
    /** Name of the zip for whoever downloads it. */
    name: model.text(),
    format: model.enum(["json", "csv"]),
    /** `writing` until it is complete, `abandoned` when it never was, `ready` until it expires or a subject in it is erased. */
    status: model.enum(["writing", "ready", "expired", "destroyed", "abandoned"]).default("writing"),
    /** Where the File Module keeps it; noted before the first byte is written. */
    storage_key: model.text().nullable(),
    /** The archive's own key, encrypted under the pepper; null as soon as nobody is to read it any more. */
    wrapped_key: model.text().nullable(),
    /** Bytes of the zip. */
    size: model.bigNumber().nullable(),
    /** Subjects in it; while it is written, so far. */
    subjects: model.number().default(0),
    sealed_at: model.dateTime().nullable(),
    expires_at: model.dateTime().nullable(),
    destroyed_at: model.dateTime().nullable(),
    destroyed_reason: model.enum(["expired", "erased_subject"]).nullable(),
    /** When the object was removed from the file storage. */
    removed_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["request_id"] }, { on: ["expires_at"], where: "status = 'ready'" }, { on: ["status"], where: "removed_at IS NULL" }])
