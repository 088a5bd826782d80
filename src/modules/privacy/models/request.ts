import { model } from "@medusajs/framework/utils"
import { FORMATS, METHODS, REQUEST_STATUSES } from "../vocabulary"

/** A privacy request: what an officer asked for, over one or many subjects. Never deleted. */
export const PrivacyRequest = model
  .define("privacy_request", {
    id: model.id({ prefix: "prvreq" }).primaryKey(),
    /** Short number people quote in letters. */
    reference: model.text(),
    type: model.enum(["erasure", "access"]),
    method: model.enum([...METHODS]).nullable(),
    profile_id: model.text().nullable(),
    profile_version: model.number().nullable(),
    format: model.enum([...FORMATS]).nullable(),
    /** Language of whoever asked, for what is written into an extract and what the admin's bell says. */
    language: model.text().nullable(),
    status: model.enum([...REQUEST_STATUSES]).default("pending"),
    /** Where the request came from: "customer_page", … */
    origin: model.text(),
    requested_by: model.text().nullable(),
    requested_by_type: model.text(),
    /** The user behind the API key that filed it, as it was then: four-eyes counts both as one. */
    requester_user_id: model.text().nullable(),
    reason: model.text().nullable(),
    /** Codes of the holds the officer forces. */
    overrides: model.array().nullable(),
    /** Holds subjects who still have store credit or gift cards, instead of making them worthless. */
    hold_value: model.boolean().default(false),
    /** Earliest start: a chosen time, or the end of the undo window. */
    scheduled_for: model.dateTime().nullable(),
    approved_by: model.text().nullable(),
    approved_at: model.dateTime().nullable(),
    /** Hash of the plan the officer saw. */
    plan_hash: model.text().nullable(),
    /** Why it stopped by itself; never personal data. */
    error: model.text().nullable(),
    due_at: model.dateTime(),
    /** When the requester was told that the due date is near; empty again once the date has moved. */
    due_reminded_at: model.dateTime().nullable(),
    /** When the due date was put off, which the law allows once. */
    extended_at: model.dateTime().nullable(),
    extension_reason: model.text().nullable(),
    started_at: model.dateTime().nullable(),
    completed_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["reference"], unique: true }, { on: ["status"] }])
