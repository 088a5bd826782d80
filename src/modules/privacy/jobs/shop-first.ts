import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { LOCK, tryLock } from "../database/locks"
import { inTransaction, type Session } from "../database/session"

/** Seconds after its last shopper that the shop counts as in use. */
const IN_USE = 15

/** Seconds between two notes that the shop is in use. */
export const NOTED_EVERY = 5

/** The most subjects a chunk takes while the shop is in use. */
const SMALL_CHUNK = 500

/** After each statement a chunk rests so many times as long as it took: bulk requests have a fifth of the time, and one processor at most. */
const REST = 4

/** SQL: true while shoppers are about. Nobody notes them where bulk requests make no way. */
export const SHOP_IN_USE = `EXISTS (SELECT 1 FROM privacy_pace WHERE id = 'shop' AND at > now() - make_interval(secs => ${IN_USE}))`

/** Notes that a shopper asked for something; of several processes one writes. */
export async function noteShopper(connection: Knex): Promise<void> {
  await inTransaction(connection, (session) =>
    session.run(
      `INSERT INTO privacy_pace AS p (id, at) VALUES ('shop', now()) ON CONFLICT (id) DO UPDATE SET at = now(), updated_at = now()
       WHERE p.at < now() - make_interval(secs => ${NOTED_EVERY - 1})`
    )
  )
}

/**
 * How many subjects a chunk of a bulk request may take for the shop's sake: all while nobody shops; else few, with rests, and one chunk at a time
 * over all workers and requests. Called in the chunk's transaction, which goes easy from then on.
 *
 * @returns `Infinity`, a number, or null where another chunk is under way: whoever asks goes home, so that nobody waits in the place of others
 */
export async function yieldToShop(session: Session): Promise<number | null> {
  const { rows } = await session.run<{ in_use: boolean }>(`SELECT ${SHOP_IN_USE} AS in_use`)
  if (!rows[0].in_use) {
    return Infinity
  }
  if (!(await tryLock(session, LOCK.shopFirst))) {
    return null
  }
  session.goEasy(REST)
  return SMALL_CHUNK
}
