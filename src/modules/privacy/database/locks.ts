import { literal } from "./sql"
import type { Session } from "./session"

/**
 * Advisory locks of this plugin. Each is held until the end of its transaction, so that they work behind a connection pooler too; a lock of a
 * session would stay with the pooler.
 */
export const LOCK = {
  /** Taken for itself by the worker that completes an archive, and shared by all that erase. */
  archives: "privacy:archives",
  /** One sealer of the audit log at a time. */
  auditSealer: "privacy_audit_sealer",
  /** Two officers who save a profile at once. */
  profileNames: "privacy:profile-names",
  /** One chunk at a time while shoppers are about. */
  shopFirst: "privacy:shop-first",
  /** Two requests for one customer at once. */
  customer: (id: string) => `privacy:${id}`,
  /** One worker at a time writes the archives of an extract. */
  extract: (requestId: string) => `privacy-extract:${requestId}`,
  /** One worker at a time counts what a throttled request may take. */
  throttle: (requestId: string) => requestId,
  /** What is left of a destination's quota. */
  lane: (lane: string) => `privacy:lane:${lane}`,
  /** One index is built at a time. */
  indexBuilder: "privacy_index_builder",
} as const

/**
 * Postgres keeps advisory locks per database: what tells two shops in two schemas apart is the seed. Beside the usual schema it is 0, so that
 * processes of two versions keep each other off.
 */
const SEED = "CASE WHEN current_schema() = 'public' THEN 0 ELSE hashtextextended(current_schema()::text, 0) END"

const keyOf = (name: string) => `hashtextextended(${name}, ${SEED})`

/** Waits for a lock. */
export async function takeLock(session: Session, lock: string): Promise<void> {
  await session.run(`SELECT pg_advisory_xact_lock(${keyOf("$1")})`, [lock])
}

/** Waits for a lock that others may hold as well, as long as nobody has it for itself. */
export async function shareLock(session: Session, lock: string): Promise<void> {
  await session.run(`SELECT pg_advisory_xact_lock_shared(${keyOf("$1")})`, [lock])
}

/** @returns false where another transaction has the lock */
export async function tryLock(session: Session, lock: string): Promise<boolean> {
  const { rows } = await session.run<{ mine: boolean }>(`SELECT pg_try_advisory_xact_lock(${keyOf("$1")}) AS mine`, [lock])
  return rows[0].mine
}

/** The same as SQL without parameters, for a text of several statements. */
export const tryLockSql = (lock: string) => `SELECT pg_try_advisory_xact_lock(${keyOf(literal(lock))}) AS mine`
