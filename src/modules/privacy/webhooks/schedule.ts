/** Seconds from one try to the next: at once, then less and less often, for three days (the example of Standard Webhooks). */
const SCHEDULE = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

/**
 * Seconds until the next try.
 *
 * @param failed how many tries have failed
 * @param retryAfter what the receiver asked for, in seconds
 * @returns null when there is no further one
 */
export function nextTry(failed: number, retryAfter: number | null): number | null {
  const wait = SCHEDULE[failed - 1]
  return wait === undefined ? null : Math.max(wait, retryAfter ?? 0)
}
