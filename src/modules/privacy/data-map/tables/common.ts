import type { ColumnDeclaration, DeadLinks, OwnerQuery } from "../definition"

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

/** A row that belongs to the row above: whose that is, its parts are too. */
export const partOf = (column: string, of: string, parent_column?: string) => ({ column, of, ...(parent_column ? { parent_column } : {}), owner: null })

/** A record at the other end of a link. */
export const linkedBy = (column: string, of: string, parent_column: string, dead_links: DeadLinks) => ({ column, of, parent_column, owner: null, dead_links })

/**
 * Who paid an order is the customer of the cart it came from: after a transfer another one than the order's. Payments, and gift cards that were paid
 * with or bought, stay the payer's.
 *
 * @param carts what leads to the cart `paid` by a link `used`, with the condition: a FROM clause up to its end
 */
export const payer = (carts: string, tables: string[]): OwnerQuery => ({
  sql: `SELECT paid.customer_id FROM ${carts} AND used.deleted_at IS NULL AND paid.customer_id IS NOT NULL LIMIT 1`,
  tables: ["cart", ...tables],
})
