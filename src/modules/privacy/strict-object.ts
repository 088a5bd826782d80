import { z } from "@medusajs/framework/zod"

/** An object that takes no word it does not know, and answers one with the words it does. */
export const strictObject = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `Unrecognized key: ${(issue.keys as string[]).map((key) => `"${key}"`).join(", ")}. Valid ones: ${Object.keys(shape).join(", ")}`
        : undefined,
  })
