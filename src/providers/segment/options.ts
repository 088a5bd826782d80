import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

const REGIONS = {
  us: { tracking: "https://api.segment.io", api: "https://api.segmentapis.com" },
  eu: { tracking: "https://events.eu1.segmentapis.com", api: "https://eu1.api.segmentapis.com" },
} as const

/** What the regulation does at Segment and in its destinations. */
const REGULATIONS = [
  "SUPPRESS_WITH_DELETE", "DELETE_ONLY", "SUPPRESS_WITH_DELETE_INTERNAL", "DELETE_INTERNAL", "SUPPRESS_ONLY",
] as const

const url = z.string().regex(/^https?:\/\/[^/]+$/, "must be a host with https://, without a path")

const schema = z
  .object({
    /** Write key of the source whose destinations shall hear "User Deleted". */
    write_key: z.string().min(1),
    /** Token of the Public API with the scope to make regulations. */
    api_token: z.string().min(1),
    /** Where the workspace lies: "us" or "eu". Default "us". */
    region: z.enum(["us", "eu"]).default("us"),
    /** Default "SUPPRESS_WITH_DELETE": deletes at Segment and in its destinations, and takes nothing new of the user. */
    regulation: z.enum(REGULATIONS).default("SUPPRESS_WITH_DELETE"),
    /** Users per 30 days that the contract with Segment allows. Default 110,000. */
    monthly_quota: z.number().int().min(1).default(110_000),
    /** Seconds between two looks at a running regulation. Default 300. */
    poll_seconds: z.number().min(0.05).max(86_400).default(300),
    /** Other hosts than the region's: a proxy, a test. */
    tracking_host: url.optional(),
    api_host: url.optional(),
  })
  .strict()

export type SegmentOptions = z.input<typeof schema>

export type CheckedSegmentOptions = z.output<typeof schema> & { tracking: string; api: string }

/** @throws MedusaError INVALID_DATA naming the option */
export function checkSegmentOptions(options: unknown): CheckedSegmentOptions {
  const parsed = schema.safeParse(options ?? {})
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "options"}: ${message}`)
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `Privacy: the options of the Segment destination are wrong. ${problems.join("; ")}`)
  }
  const { tracking_host, api_host, region } = parsed.data
  return { ...parsed.data, tracking: tracking_host ?? REGIONS[region].tracking, api: api_host ?? REGIONS[region].api }
}
