import { model } from "@medusajs/framework/utils"

/** Which customer records are in which archive: an erasure of any of them destroys it. */
export const PrivacyFileCustomer = model
  .define("privacy_file_customer", {
    id: model.id({ prefix: "prvfc" }).primaryKey(),
    file_id: model.text(),
    customer_id: model.text(),
  })
  .indexes([{ on: ["customer_id"] }, { on: ["file_id"] }])
