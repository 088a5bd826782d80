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

/** True for a row, found from a row `p`, whose `column` names no live account but the subject's own. */
export const notAnotherAccounts = (column: string) => `(t.${column} IS NULL
  OR (t.${column}, p.subject) IN (SELECT own.key, own.subject FROM privacy_rows AS own WHERE own.entry = 'customer')
  OR NOT EXISTS (SELECT 1 FROM customer AS owner WHERE owner.id = t.${column} AND owner.has_account AND owner.deleted_at IS NULL))`

/**
 * The same for rows found by an identifier `i`. Nearly all are the subject's own; the others' owners are looked up one by one, not all customers
 * read: naming `i` keeps the look-up behind the join.
 */
export const foundNotAnotherAccounts = (column: string) => `(t.${column} IS NULL
  OR (t.${column}, i.subject) IN (SELECT own.key, own.subject FROM privacy_rows AS own WHERE own.entry = 'customer')
  OR (SELECT count(*) FROM customer AS owner WHERE owner.id = t.${column} AND owner.has_account AND owner.deleted_at IS NULL
    AND i.subject IS NOT NULL) = 0)`
