import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { inTransaction } from "../database/session"
import type { Gate } from "../jobs/chunk-runner"
import type { PrivacyOptions } from "../options"

/**
 * The throttle and the hours of a bulk request, by the database's clock and over all workers. A click on the customer page is not held up.
 */
export function bulkGate(connection: Knex, { bulk }: Pick<PrivacyOptions, "bulk">, requestId: string): Gate | undefined {
  const { throttle_per_minute: limit, window } = bulk
  if (!limit && !window) {
    return undefined
  }
  return () =>
    inTransaction(connection, async (session) => {
      const { rows } = await session.run<{ origin: string; hour: number; recent: number }>(
        `SELECT r.origin, extract(hour FROM now())::int AS hour, (SELECT count(*)::int FROM privacy_subject AS s
           WHERE s.request_id = r.id AND s.deleted_at IS NULL AND s.processed_at > now() - interval '1 minute') AS recent
         FROM privacy_request AS r WHERE r.id = $1`,
        [requestId]
      )
      const [{ origin, hour, recent }] = rows
      if (origin !== "bulk") {
        return Infinity
      }
      if (window && !isWithin(hour, window)) {
        return null
      }
      return limit ? limit - recent : Infinity
    })
}

/** `{ from: 22, to: 6 }` runs over midnight; `to` itself lies outside. */
export function isWithin(hour: number, { from, to }: { from: number; to: number }): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to
}
