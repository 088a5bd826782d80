import { z } from "@medusajs/framework/zod"
import { literal } from "../database/sql"
import { defineStrategy, type ColumnReference } from "./strategy"

/**
 * The domain of pseudonym e-mail addresses. `.invalid` never resolves, so no mail server takes them (RFC 2606, section 2).
 */
export const PSEUDONYM_DOMAIN = "erased.invalid"

/** Address of the one record deleted customers' orders stand under: nobody can register it or be mailed at it. */
export const UNKNOWN_CUSTOMER_EMAIL = `unknown-customer@${PSEUDONYM_DOMAIN}`

type Options = { form?: "email" | "token" | "row" }

/**
 * `email` and `token` are the same in all rows of a subject, so that reports still group them; `row` differs in every row, for columns
 * under a unique index.
 */
const replacement = ({ pseudonym, key }: ColumnReference, { form = "email" }: Options) =>
  ({
    email: `${pseudonym} || ${literal(`@${PSEUDONYM_DOMAIN}`)}`,
    token: pseudonym,
    row: `'erased-' || ${key}`,
  })[form]

export const pseudonym = defineStrategy<Options>({
  name: "pseudonym",
  description: "Replaced by a random stand-in that leads nowhere.",
  options: z.object({ form: z.enum(["email", "token", "row"]).optional() }).strict(),
  types: ["text"],
  removes: true,
  mask: (column, options) => `CASE WHEN ${column.value} IS NULL THEN NULL ELSE ${replacement(column, options)} END`,
  isMasked: (column, options) => `(${column.value} IS NULL OR ${column.value} = ${replacement(column, options)})`,
})
