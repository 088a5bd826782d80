import { model } from "@medusajs/framework/utils"

/** A shopper's review of a product: the example of a table that a store adds to Medusa. */
const ProductReview = model
  .define("product_review", {
    id: model.id({ prefix: "prev" }).primaryKey(),
    product_id: model.text(),
    customer_id: model.text().nullable(),
    author_name: model.text().nullable(),
    author_email: model.text().nullable(),
    title: model.text(),
    body: model.text(),
    rating: model.number(),
    metadata: model.json().nullable(),
  })
  .indexes([{ on: ["product_id"] }, { on: ["customer_id"] }, { on: ["author_email"] }])

export default ProductReview
