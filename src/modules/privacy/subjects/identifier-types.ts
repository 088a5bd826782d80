import { MedusaError } from "@medusajs/framework/utils"
import { normalizedEmail } from "../database/email-form/normalize-email-sql"
import { literal } from "../database/sql"
import type { PrivacyOptions } from "../options"
import { normalizeEmail } from "../database/email-form/normalize-email"
import { redactEmail } from "./identifiers"

/** A kind of identifier officers may list subjects by. */
export interface IdentifierKind {
  type: string
  /** True for the address, under which an account and guest records are one person. Any other value two people may share. */
  isAddress: boolean
  /** The customer's value as SQL in comparison form, with the row as `c`. */
  column: string
  /** A given value as SQL in comparison form. */
  normalized(value: string): string
  /** Why a value cannot be an identifier of this kind; null when it can. */
  problem(value: string): string | null
  /** The comparison form in code, for hashes; equal to the SQL form. */
  normalize(value: string): string
  /** What may be shown after the erasure. */
  redact(value: string): string
}

const plain = (type: string, column: string): IdentifierKind => ({
  type,
  isAddress: false,
  column,
  normalized: (value) => `btrim(${value})`,
  problem: (value) => (value.length > 255 ? "longer than 255 characters" : null),
  normalize: (value) => value.trim(),
  redact: (value) => `${value.slice(0, 1)}***`,
})

const digits = (value: string) => `regexp_replace(${value}, '[^0-9+]', '', 'g')`

const BUILT_IN: Record<string, IdentifierKind> = {
  email: {
    type: "email",
    isAddress: true,
    column: normalizedEmail("c.email"),
    normalized: normalizedEmail,
    problem: (value) => (value.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(value) ? null : "not an e-mail address"),
    normalize: normalizeEmail,
    redact: redactEmail,
  },
  customer_id: {
    ...plain("customer_id", "c.id"),
    problem: (value) => (/^\w{1,64}$/.test(value) ? null : "not a customer id"),
    // An id says nothing about a person.
    redact: (value) => value,
  },
  phone: {
    type: "phone",
    isAddress: false,
    column: digits("c.phone"),
    normalized: digits,
    problem: (value) => (/^\+?[\d\s()./-]+$/.test(value) && value.replace(/\D/g, "").length >= 5 ? null : "not a phone number"),
    normalize: (value) => value.replace(/[^0-9+]/g, ""),
    redact: (value) => `***${value.slice(-2)}`,
  },
}

/** The customer's value of a type as SQL in comparison form, with the row as `c`; NULL for a type that is configured no more. */
export const identifierColumn = (options: Pick<PrivacyOptions, "identifiers">, type: string): string =>
  (identifierKinds(options).get(type) ?? BUILT_IN[type])?.column ?? "NULL::text"

/** The kinds a store has configured, by name. */
export function identifierKinds({ identifiers }: Pick<PrivacyOptions, "identifiers">): Map<string, IdentifierKind> {
  return new Map(
    identifiers.map((given) => {
      const kind = typeof given === "string" ? BUILT_IN[given] : plain(given.type, `(c.metadata ->> ${literal(given.metadata_key)})`)
      return [kind.type, kind]
    })
  )
}

/** @throws MedusaError INVALID_DATA naming the configured kinds */
export function identifierKind(options: Pick<PrivacyOptions, "identifiers">, type: string): IdentifierKind {
  const kinds = identifierKinds(options)
  const kind = kinds.get(type)
  if (!kind) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `"${type}" is not a configured identifier type. Use one of: ${[...kinds.keys()].join(", ")}.`
    )
  }
  return kind
}
