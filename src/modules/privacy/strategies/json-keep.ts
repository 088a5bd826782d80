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

const list = (keys: string[]) => `ARRAY[${keys.map(literal).join(", ")}]::text[]`

/**
 * Only plain values survive: an object under an allowed key has an unknown shape. What is to go is taken away; putting together what stays takes
 * three times as long.
 */
const scalars = (value: string, keys: string[]) =>
  `CASE WHEN jsonb_typeof(${value}) = 'object' THEN ${value} - ARRAY(SELECT pair.key FROM jsonb_each(CASE WHEN jsonb_typeof(${value}) = 'object' THEN ${value} END) AS pair ` +
  `WHERE NOT (pair.key = ANY(${list(keys)}) AND jsonb_typeof(pair.value) IN ('string', 'number', 'boolean'))) ELSE '{}' END`

function build(value: string, node: Tree): string {
  const plain = Object.keys(node).filter((key) => node[key] === true)
  const nested = Object.entries(node).flatMap(([key, child]) => {
    const inner = `(${value} -> ${literal(key)})`
    // Most documents have no such object: then nothing is built.
    return child === true
      ? []
      : [`CASE WHEN jsonb_typeof(${inner}) = 'object' THEN jsonb_strip_nulls(jsonb_build_object(${literal(key)}, nullif(${build(inner, child)}, '{}'))) ELSE '{}' END`]
  })
  return [...(plain.length ? [`(${scalars(value, plain)})`] : []), ...nested.map((part) => `(${part})`)].join(" || ")
}

/** What no mask leaves behind: under an allowed key only plain values stay. */
const NOT_PLAIN = `'strict $.*.type() ? (@ == "object" || @ == "array" || @ == "null")'`

/** True when nothing in the object is to go. Says so without building what would be left, which takes several times as long. */
function isKept(value: string, node: Tree): string {
  const nested = Object.entries(node).flatMap(([key, child]) => (child === true ? [] : [{ key, child, inner: `(${value} -> ${literal(key)})` }]))
  const plain = nested.length ? `${value} - ${list(nested.map(({ key }) => key))}` : value
  const conditions = [
    `${value} - ${list(Object.keys(node))} = '{}'`,
    `NOT jsonb_path_exists(${plain}, ${NOT_PLAIN})`,
    ...nested.map(({ inner, child }) => `(${inner} IS NULL OR (${inner} <> '{}' AND ${isKept(inner, child)}))`),
  ]
  // CASE, because a value that is no object has no keys to take away, and AND promises no order.
  return `CASE WHEN jsonb_typeof(${value}) = 'object' THEN ${conditions.join(" AND ")} ELSE FALSE END`
}

function kept({ value, type, nullable }: ColumnReference, keys: string[]) {
  const source = type === "json" ? `${value}::jsonb` : value
  const result = `(${build(source, tree(keys))})`
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
  isMasked: ({ value, type, nullable }, { keys }) => {
    const source = type === "json" ? `${value}::jsonb` : value
    return `CASE WHEN ${value} IS NULL THEN TRUE ELSE ${nullable ? `${source} <> '{}' AND ` : ""}${isKept(source, tree(keys))} END`
  },
  isExact: true,
})
