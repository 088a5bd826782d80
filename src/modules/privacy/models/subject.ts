import { model } from "@medusajs/framework/utils"
import { SUBJECT_STATUSES } from "../vocabulary"

/** One subject of a request: the work list of the erasure, and afterwards the proof of it. */
export const PrivacySubject = model
  .define("privacy_subject", {
    id: model.id({ prefix: "prvsub" }).primaryKey(),
    request_id: model.text(),
    customer_id: model.text().nullable(),
    identifier_type: model.text(),
    /** Plain only until the subject is processed; a database check keeps it so. */
    identifier: model.text().nullable(),
    identifier_hash: model.text(),
    identifier_redacted: model.text(),
    /** Keyed hash of who the customer was when this was filed: compared at the moment of the erasure. Null for what is not compared. */
    identity_hash: model.text().nullable(),
    /** Random stand-in for the subject in what is kept. */
    pseudonym: model.text(),
    status: model.enum([...SUBJECT_STATUSES]).default("pending"),
    /** Holds as found: code, severity, message, overridden. */
    holds: model.json().nullable(),
    /** Records per kind that were erased. */
    footprint: model.json().nullable(),
    /** Store credit and gift-card balance per currency that was invalidated. */
    value: model.json().nullable(),
    error: model.text().nullable(),
    /** Archive of an extract the subject is in, or is being written into. */
    file_id: model.text().nullable(),
    processed_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["request_id", "status"] },
    { on: ["customer_id", "status"] },
    { on: ["identifier_hash"] },
    { on: ["file_id"], where: "file_id IS NOT NULL" },
  ])
