import { LOCK, tryLock } from "../database/locks"
import type { Session } from "../database/session"
import type { Gate } from "../jobs/chunk-runner"
import { yieldToShop } from "../jobs/shop-first"
import type { PrivacyOptions } from "../options"

/** A minute's worth is not let through at once: each slice of so many seconds gets its share. */
const SLICE = 5

/**
 * The throttle and the hours of a bulk request, by the database's clock and over all workers. A click on the customer page is not held up.
 * Of several workers one passes at a time: what each counts is then what all have done.
 */
export function bulkGate({ bulk }: Pick<PrivacyOptions, "bulk">, requestId: string): Gate | undefined {
  const { throttle_per_minute: limit, window } = bulk
  if (!limit && !window) {
    return undefined
  }
  return async (session) => {
    const { rows } = await session.run<{ origin: string; hour: number }>("SELECT origin, extract(hour FROM now())::int AS hour FROM privacy_request WHERE id = $1", [requestId])
    const [{ origin, hour }] = rows
    if (origin !== "bulk") {
      return Infinity
    }
    if (window && !isWithin(hour, window)) {
      return null
    }
    return limit ? leftOf(session, requestId, limit) : Infinity
  }
}

async function leftOf(session: Session, requestId: string, limit: number): Promise<number> {
  if (!(await tryLock(session, LOCK.throttle(requestId)))) {
    return 0
  }
  // A statement of its own: it sees what the worker before committed.
  const { rows: counts } = await session.run<{ minute: number; slice: number }>(
    `SELECT count(*)::int AS minute, count(*) FILTER (WHERE processed_at > clock_timestamp() - make_interval(secs => ${SLICE}))::int AS slice
     FROM privacy_subject WHERE request_id = $1 AND deleted_at IS NULL AND processed_at > clock_timestamp() - interval '1 minute'`,
    [requestId]
  )
  const [{ minute, slice }] = counts
  return Math.min(limit - minute, Math.ceil((limit * SLICE) / 60) - slice)
}

/** What an erasure passes besides: while shoppers are about, bulk requests go small steps, one at a time. */
export function erasureGate(options: Pick<PrivacyOptions, "bulk">, { id, origin }: { id: string; origin: string }): Gate | undefined {
  const gate = bulkGate(options, id)
  if (origin !== "bulk" || !options.bulk.yield_to_shop) {
    return gate
  }
  return async (session) => {
    const allowed = gate ? await gate(session) : Infinity
    if (allowed === null || allowed <= 0) {
      return allowed
    }
    const polite = await yieldToShop(session)
    return polite === null ? null : Math.min(allowed, polite)
  }
}

/** `{ from: 22, to: 6 }` runs over midnight; `to` itself lies outside. */
export function isWithin(hour: number, { from, to }: { from: number; to: number }): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to
}
