import { z } from "@medusajs/framework/zod"
import { literal } from "../database/sql"
import { defineStrategy, type ColumnReference } from "./strategy"

interface Tree {
  [key: string]: Tree | true
}

/** `["id", "card.brand"]` as a tree. */
function tree(keys: string[]): Tree {
  const root: Tree = {}
  for (const key of keys) {
    const parts = key.split(".")
    const last = parts.pop() as string
    let node = root
    for (const part of parts) {
      const next = node[part]
      node = node[part] = typeof next === "object" ? next : {}
    }
    node[last] = true
  }
  return root
}

/** Only plain values survive: an object under an allowed key has an unknown shape. */
const scalar = (value: string) =>
  `CASE WHEN jsonb_typeof(${value}) IN ('string', 'number', 'boolean') THEN ${value} END`

function build(value: string, node: Tree): string {
  const pairs = Object.entries(node).map(([key, child]) => {
    const inner = `(${value} -> ${literal(key)})`
    return `${literal(key)}, ${child === true ? scalar(inner) : `nullif(${build(inner, child)}, '{}')`}`
  })
  return `jsonb_strip_nulls(jsonb_build_object(${pairs.join(", ")}))`
}

function kept({ value, type, nullable }: ColumnReference, keys: string[]) {
  const source = type === "json" ? `${value}::jsonb` : value
  const result = build(source, tree(keys))
  const masked = `CASE WHEN ${value} IS NULL THEN NULL ELSE ${nullable ? `nullif(${result}, '{}')` : result} END`
  return type === "json" ? `(${masked})::json` : masked
}

export const jsonKeep = defineStrategy({
  name: "json_keep",
  description: "Only the listed keys stay, and only where they hold plain values.",
  /** `keys`: allowed keys; a dot leads into an object (`card.brand`). */
  options: z.object({ keys: z.array(z.string().min(1)).min(1) }).strict(),
  types: ["json", "jsonb"],
  removes: true,
  mask: (column, { keys }) => kept(column, keys),
  isMasked: (column, { keys }) => `${column.value}::jsonb IS NOT DISTINCT FROM (${kept(column, keys)})::jsonb`,
})
