import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { inTransaction } from "../database/session"
import { deliver } from "./destinations"
import { claimDeliveries, markSent, markTried, type Delivery } from "./outbox"

const BATCH = 100

/**
 * Delivers what is due until nothing is left.
 *
 * @returns how many were delivered
 */
export async function dispatchDeliveries(connection: Knex): Promise<number> {
  let delivered = 0
  for (;;) {
    const { claimed, sent } = await inTransaction(connection, async (session) => {
      const deliveries = await claimDeliveries(session, BATCH)
      const done: Delivery[] = []
      for (const delivery of deliveries) {
        try {
          await deliver(delivery)
          done.push(delivery)
        } catch (error) {
          await markTried(session, delivery, describe(error))
        }
      }
      if (done.length) {
        await markSent(session, done)
      }
      return { claimed: deliveries.length, sent: done.length }
    })
    delivered += sent
    if (claimed < BATCH) {
      return delivered
    }
  }
}

/** A destination's message may quote what it was sent; the kind of failure is enough to act on. */
function describe(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string }
  return [name ?? "Error", code].filter(Boolean).join(" ")
}
