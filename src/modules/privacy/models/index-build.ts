import { model } from "@medusajs/framework/utils"

/** A database index an officer asked for: built in the background, outside any transaction. */
export const PrivacyIndexBuild = model
  .define("privacy_index_build", {
    id: model.id({ prefix: "prvidx" }).primaryKey(),
    /** Name of the index. */
    name: model.text(),
    table_name: model.text(),
    /** What creates it without locking the table. */
    statement: model.text(),
    status: model.enum(["building", "ready", "failed"]).default("building"),
    /** Times it was begun: a worker that died over it leaves the next one a hint. */
    attempts: model.number().default(0),
    error: model.text().nullable(),
    requested_by: model.text().nullable(),
    finished_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["name"], unique: true }])
