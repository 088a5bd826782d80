/** What the privacy plugin has to know about this module's table: how a row leads to a person, and what each column is. */
export const productReviewTable = {
  table: "product_review",
  kind: "reviews",
  rows: [{ column: "customer_id", of: "customer" }, { column: "author_email", identifier: "email", owner: "customer_id" }],
  columns: {
    author_name: { category: "identity", anonymize: "redact" },
    author_email: { category: "contact", anonymize: "pseudonym" },
    title: { category: "free_text", anonymize: "redact" },
    body: { category: "free_text", anonymize: "redact" },
    metadata: { category: "free_text", anonymize: "json_scrub" },
    customer_id: { category: "technical", anonymize: "keep", delete: "null" },
    product_id: { category: "technical", anonymize: "keep" },
  },
}
