import { z } from "@medusajs/framework/zod"
import { defineStrategy } from "./strategy"

const IS_HASH = "~ '^hash:[0-9a-f]{64}$'"

export const hash = defineStrategy({
  name: "hash",
  description: "Replaced by a keyed hash: equal values stay equal, nobody can read them back.",
  options: z.object({}).strict(),
  types: ["text"],
  removes: true,
  mask: ({ value, salt }) =>
    `CASE WHEN ${value} IS NULL OR ${value} ${IS_HASH} THEN ${value} ` +
    `ELSE 'hash:' || encode(sha256(convert_to(${salt} || ${value}, 'UTF8')), 'hex') END`,
  isMasked: ({ value }) => `(${value} IS NULL OR ${value} ${IS_HASH})`,
})
