import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { inTransaction, type Session } from "../database/session"

/** Seconds after its last shopper that the shop counts as in use. */
const IN_USE = 15

/** Seconds between two notes that the shop is in use. */
export const NOTED_EVERY = 5

/** The most subjects a chunk takes while the shop is in use. */
const SMALL_CHUNK = 500

/** A chunk rests so many times as long as it took, for all that bulk requests do: they have a quarter of the time and one processor at most. */
const REST = 3

/** Seconds, however long the chunk took. */
const LONGEST_REST = 60

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
 * How many subjects a chunk of a bulk request may take for the shop's sake: all while nobody shops; else few, one chunk at a time over all
 * workers and requests, and none while they rest. Called in the chunk's transaction, at whose end the rest begins.
 *
 * @returns `Infinity`, a number, or 0 to wait
 */
export async function yieldToShop(session: Session): Promise<number> {
  const { rows } = await session.run<{ in_use: boolean; rests: boolean }>(
    `SELECT coalesce(bool_or(id = 'shop' AND at > now() - make_interval(secs => ${IN_USE})), FALSE) AS in_use,
       coalesce(bool_or(id = 'bulk' AND at > now()), FALSE) AS rests FROM privacy_pace`
  )
  if (!rows[0].in_use) {
    return Infinity
  }
  if (rows[0].rests || !(await isAlone(session))) {
    return 0
  }
  session.beforeCommit(() => rest(session))
  return SMALL_CHUNK
}

async function isAlone(session: Session): Promise<boolean> {
  const { rows } = await session.run<{ alone: boolean }>("SELECT pg_try_advisory_xact_lock(hashtextextended('privacy:shop-first', 0)) AS alone")
  if (!rows[0].alone) {
    return false
  }
  // A statement of its own: it sees the rest that whoever had the lock before began.
  const { rows: rests } = await session.run("SELECT 1 FROM privacy_pace WHERE id = 'bulk' AND at > clock_timestamp()")
  return rests.length === 0
}

async function rest(session: Session): Promise<void> {
  await session.run(
    `INSERT INTO privacy_pace (id, at) SELECT 'bulk', clock_timestamp() + least(${REST} * (clock_timestamp() - now()), make_interval(secs => ${LONGEST_REST}))
     ON CONFLICT (id) DO UPDATE SET at = excluded.at, updated_at = now()`
  )
}
