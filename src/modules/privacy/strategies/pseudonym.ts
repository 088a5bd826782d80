import { z } from "@medusajs/framework/zod"
import { literal } from "../database/sql"
import { defineStrategy, type ColumnReference } from "./strategy"

/**
 * The domain of pseudonym e-mail addresses. `.invalid` never resolves, so no mail server takes them (RFC 2606, section 2).
 */
export const PSEUDONYM_DOMAIN = "erased.invalid"

type Options = { form?: "email" | "token" | "row" | "member" }

/**
 * `email` and `token` are the same in all rows of a subject, so that reports still group them; `row` differs in every row, for columns
 * under a unique index. `member` is for a JSON list of customers' ids: only the members that name a subject are replaced, and the list of
 * the others stays what it is.
 */
const replacement = ({ pseudonym, key }: ColumnReference, { form = "email" }: Options) =>
  ({
    email: `${pseudonym} || ${literal(`@${PSEUDONYM_DOMAIN}`)}`,
    token: pseudonym,
    row: `'erased-' || ${key}`,
    member: `to_jsonb('erased-' || ${key})`,
  })[form]

/** True of a JSON value that is the id of a customer who is being erased: any of the chunk, since one list may name several of them. */
const namesSubject = (value: string) => `(${value} #>> '{}') IN (SELECT known.key FROM privacy_rows AS known WHERE known.entry = 'customer')`

function members(column: ColumnReference, options: Options): string {
  const source = column.type === "json" ? `${column.value}::jsonb` : column.value
  const replaced = (value: string) => `CASE WHEN ${namesSubject(value)} THEN ${replacement(column, options)} ELSE ${value} END`
  const list = `(SELECT jsonb_agg(${replaced("member.value")} ORDER BY member.place) FROM jsonb_array_elements(${source}) WITH ORDINALITY AS member (value, place))`
  const masked = `CASE WHEN jsonb_typeof(${source}) = 'array' THEN coalesce(${list}, '[]') ELSE ${replaced(source)} END`
  return column.type === "json" ? `(${masked})::json` : masked
}

export const pseudonym = defineStrategy<Options>({
  name: "pseudonym",
  description: "Replaced by a random stand-in that leads nowhere.",
  options: z.object({ form: z.enum(["email", "token", "row", "member"]).optional() }).strict(),
  types: ["text", "json", "jsonb"],
  fits: (type, { form }) => (form === "member") === (type !== "text"),
  removes: true,
  mask: (column, options) =>
    options.form === "member" ? members(column, options) : `CASE WHEN ${column.value} IS NULL THEN NULL ELSE ${replacement(column, options)} END`,
  isMasked: (column, options) =>
    options.form === "member"
      ? `${column.value}::jsonb IS NOT DISTINCT FROM (${members(column, options)})::jsonb`
      : `(${column.value} IS NULL OR ${column.value} = ${replacement(column, options)})`,
})
