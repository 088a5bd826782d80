import { z } from "@medusajs/framework/zod"
import { defineStrategy, type ColumnReference } from "./strategy"

/** True of a JSON value that is the id of a customer who is being erased: any of the chunk, since one list may name several of them. */
const namesSubject = (value: string) => `(${value} #>> '{}') IN (SELECT known.key FROM privacy_rows AS known WHERE known.entry = 'customer')`

function replaced({ value, key, type }: ColumnReference): string {
  const source = type === "json" ? `${value}::jsonb` : value
  const standIn = (member: string) => `CASE WHEN ${namesSubject(member)} THEN to_jsonb('erased-' || ${key}) ELSE ${member} END`
  const list = `(SELECT jsonb_agg(${standIn("member.value")} ORDER BY member.place) FROM jsonb_array_elements(${source}) WITH ORDINALITY AS member (value, place))`
  const masked = `CASE WHEN jsonb_typeof(${source}) = 'array' THEN coalesce(${list}, '[]') ELSE ${standIn(source)} END`
  return type === "json" ? `(${masked})::json` : masked
}

/** For a list that is about other customers, too: it keeps its length and they their places, so that it means for them what it meant before. */
export const jsonMembers = defineStrategy({
  name: "json_members",
  description: "In a list of customers' ids, the subject's is replaced by a stand-in.",
  options: z.object({}).strict(),
  types: ["json", "jsonb"],
  removes: true,
  mask: (column) => replaced(column),
  isMasked: (column) => `${column.value}::jsonb IS NOT DISTINCT FROM (${replaced(column)})::jsonb`,
})
