import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

const schema = z
  .object({
    /** Secret key, or a restricted one that may write customers, subscriptions and schedules. */
    api_key: z.string().min(1),
    /** Payment providers whose account holders are Stripe customers of this key. Default: all whose id begins with "pp_stripe". */
    provider_ids: z.array(z.string().min(1)).min(1).optional(),
    /** Credits the unused time when subscriptions are cancelled. Default false. */
    prorate: z.boolean().default(false),
    /** Makes a final invoice of what is not invoiced yet. Default false. */
    invoice_now: z.boolean().default(false),
    /**
     * What becomes of the customer: "delete" (cannot be undone), "redact" (Stripe's redaction job, a preview that Stripe must have
     * switched on; transactions only after 90 days), or "keep" (subscriptions are cancelled all the same). Default "delete".
     */
    on_erase: z.enum(["delete", "redact", "keep"]).default("delete"),
    /** Seconds between two looks at a redaction job. Default 300. */
    poll_seconds: z.number().min(0.05).max(86_400).default(300),
    /** Another host than Stripe's: a proxy, a test. */
    api_host: z.string().regex(/^https?:\/\/[^/]+$/, "must be a host with https://, without a path").optional(),
  })
  .strict()

export type StripeOptions = z.input<typeof schema>

export type CheckedStripeOptions = z.output<typeof schema>

/** @throws MedusaError INVALID_DATA naming the option */
export function checkStripeOptions(options: unknown): CheckedStripeOptions {
  const parsed = schema.safeParse(options ?? {})
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "options"}: ${message}`)
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `Privacy: the options of the Stripe destination are wrong. ${problems.join("; ")}`)
  }
  return parsed.data
}
