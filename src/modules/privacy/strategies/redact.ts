import { z } from "@medusajs/framework/zod"
import { literal } from "../database/sql"
import { defineStrategy } from "./strategy"

/** What stands where personal text stood. */
export const REDACTED = "[erased]"

export const redact = defineStrategy({
  name: "redact",
  description: "Replaced by a fixed value.",
  /** `value`: what to write instead, default "[erased]"; an empty text stays empty. */
  options: z.object({ value: z.union([z.string(), z.boolean()]).optional() }).strict(),
  types: ["text", "boolean"],
  fits: (type, { value = REDACTED }) => (type === "boolean") === (typeof value === "boolean"),
  removes: true,
  mask: ({ value, type }, options) => {
    const replacement = literal(options.value ?? REDACTED)
    return type === "boolean" ? replacement : `CASE WHEN ${value} IS NULL THEN NULL ELSE ${replacement} END`
  },
  isMasked: ({ value, type }, options) =>
    type === "boolean"
      ? `${value} IS NOT DISTINCT FROM ${literal(options.value ?? REDACTED)}`
      : `(${value} IS NULL OR ${value} = ${literal(options.value ?? REDACTED)})`,
})
