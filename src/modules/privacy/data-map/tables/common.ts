import type { ColumnDeclaration } from "../definition"

/** Free JSON of unknown shape: never left because nobody knows what stands in it. */
export const metadata: ColumnDeclaration = { category: "free_text", anonymize: "json_scrub" }

export const freeText: ColumnDeclaration = { category: "free_text", anonymize: "null" }

/** A postal address as every Medusa module stores it. City, province, postcode and country stay for reporting and tax. */
export const postalAddress: Record<string, ColumnDeclaration> = {
  company: { category: "identity", anonymize: "null" },
  first_name: { category: "identity", anonymize: "redact" },
  last_name: { category: "identity", anonymize: "redact" },
  address_1: { category: "location", anonymize: "redact" },
  address_2: { category: "location", anonymize: "null" },
  city: { category: "location", anonymize: "keep" },
  country_code: { category: "location", anonymize: "keep" },
  province: { category: "location", anonymize: "keep" },
  postal_code: { category: "location", anonymize: "keep" },
  phone: { category: "contact", anonymize: "null" },
  metadata,
}

/** The column that names the customer a record belongs to; masked customers keep theirs, so that reports still group by it. */
export const customerReference: ColumnDeclaration = { category: "technical", anonymize: "keep", delete: "null" }
