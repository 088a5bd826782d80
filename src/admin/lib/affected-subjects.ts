import { sdk } from "./client"
import { type SubjectListResponse } from "./request-contract"

/** Subjects that an action hands to the workers, by their status before it. */
export const STARTS_WITH = {
  approve: ["pending"],
  resume: ["pending"],
  retry: ["held", "failed"],
} as const

/** Enough to recognise the request by; the page of the request lists all. */
const SHOWN = 5

/** How many subjects of these states a request has now, and the first of them in part. */
export const readAffected = async (
  requestId: string,
  statuses: readonly string[]
) => {
  const lists = await Promise.all(
    statuses.map((status) =>
      sdk.client.fetch<SubjectListResponse>(
        `/admin/privacy-requests/${requestId}/subjects`,
        { query: { status, limit: SHOWN } }
      )
    )
  )

  return {
    count: lists.reduce((sum, { count }) => sum + count, 0),
    names: lists
      .flatMap(({ subjects }) => subjects)
      .slice(0, SHOWN)
      .map(({ identifier_redacted }) => identifier_redacted),
  }
}
