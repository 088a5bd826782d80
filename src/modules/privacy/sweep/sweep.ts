import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { recordAudit, SYSTEM } from "../audit/record"
import { inTransaction, type Session } from "../database/session"
import { foundByIds, SCOPE } from "../data-map/live-map"
import type { Environment } from "../erasure/erasure-request"
import { eraseScope, type ErasurePlan } from "../erasure/mask"
import { auditOfOwnRecords, ownRecords, type OwnRecord } from "../erasure/own-records"
import { makePlan } from "../erasure/plan"
import { provideUnknownCustomer } from "../erasure/unknown-customer"
import { readValue, settleValue } from "../erasure/value"
import { safeMessage } from "../jobs/errors"
import { SplitOnFailure, type Chunk } from "../jobs/split-on-failure"
import { derivedKey } from "../options"
import { readProfileVersion } from "../profiles/profiles"
import { PSEUDONYM_DOMAIN } from "../strategies/pseudonym"
import { leaveOut, openScope, resolveScope } from "../subjects/scope"
import { FIRST_PAUSE } from "./schedule"
import { findLeftovers, verifyErased } from "../verification/verify"

/** Transactions per call: the rest waits for the next. */
const MOST_CHUNKS = 20

interface Swept {
  id: string
  customer_id: string
  subject_id: string
  pseudonym: string
}

/**
 * Looks again at customers erased a while ago: what a late webhook of a payment provider, an import, a workflow that was under way, or the
 * compensation of one, has written into their records since is erased again, by the method and profile they were erased under. They are
 * found by their ids and pseudonyms alone, so that the same person, registered anew under the old address, is left in peace.
 *
 * @param stopping true when this process is about to end: the rest waits for the next call
 * @returns how many customers were looked at
 */
export async function sweep(
  connection: Knex,
  environment: Environment,
  logger: Pick<Logger, "error">,
  stopping: () => boolean = () => false
): Promise<number> {
  const chunks = new SplitOnFailure<Swept>(environment.options.chunk_size, async ({ id, subject_id }, error) => {
    logger.error(`Privacy: the look back at subject ${subject_id} failed and is tried again tomorrow: ${safeMessage(error)}`)
    await inTransaction(connection, (session) => postpone(session, id))
  })
  let looked = 0
  for (let count = 0; count < MOST_CHUNKS && !stopping(); count += 1) {
    const swept = await chunks.run((chunk) => inTransaction(connection, (session) => sweepChunk(session, environment, chunk)))
    if (!swept) {
      break
    }
    looked += swept
  }
  return looked
}

const postpone = (session: Session, id: string) =>
  session.run("UPDATE privacy_ledger_entry SET next_sweep_at = now() + interval '1 day', updated_at = now() WHERE id = $1", [id])

async function sweepChunk(session: Session, environment: Environment, chunk: Chunk<Swept>): Promise<number> {
  const { options } = environment
  const { request, entries } = await claim(session, chunk.limit)
  chunk.claimed = entries
  if (!request) {
    return 0
  }
  const plan = makePlan(request.method, await readProfileVersion(session, request.profile_id, request.profile_version))
  await openErasedScope(session, environment, entries)
  const dirty = await returned(session, environment, plan, entries.length)
  if (dirty.size) {
    await eraseAgain(session, environment, plan, entries, dirty)
    await recordAudit(
      session,
      [...dirty].map(([number, tables]) => ({
        action: "erasure.swept",
        actor: SYSTEM,
        requestId: request.id,
        subjectId: entries[number].subject_id,
        customerId: entries[number].customer_id,
        details: { tables: [...tables].sort() },
      }))
    )
  }
  await clearOwnRecords(session, entries.map(({ customer_id }) => customer_id))
  await session.run(
    `UPDATE privacy_ledger_entry SET swept_at = now(), updated_at = now(),
       next_sweep_at = CASE WHEN erased_at > now() - make_interval(days => $2) THEN now() + 3 * greatest(now() - erased_at, ${FIRST_PAUSE}) END
     WHERE id = ANY($1::text[])`,
    [entries.map(({ id }) => id), options.sweep_days]
  )
  return entries.length
}

/** Rows of the plugin's own that the erasure passed over because another worker had claimed them. */
async function clearOwnRecords(session: Session, customers: string[]): Promise<void> {
  const { rows } = await session.run<OwnRecord>(
    `WITH ${ownRecords({ erased: "SELECT unnest($1::text[]) AS key", except: "'{}'::text[]", hashes: "'{}'::text[]", actor: "NULL" })}
     SELECT * FROM own_records`,
    [customers]
  )
  await recordAudit(session, auditOfOwnRecords(rows, SYSTEM))
}

/** Takes customers of one request that are due; other sweepers pass them over. */
async function claim(session: Session, limit: number) {
  const { rows: due } = await session.run<{ request_id: string }>(
    "SELECT request_id FROM privacy_ledger_entry WHERE next_sweep_at <= now() AND deleted_at IS NULL ORDER BY next_sweep_at LIMIT 1 FOR UPDATE SKIP LOCKED"
  )
  if (!due.length) {
    return { request: null, entries: [] }
  }
  const { rows: entries } = await session.run<Swept>(
    `SELECT id, customer_id, subject_id, pseudonym FROM privacy_ledger_entry
     WHERE request_id = $1 AND next_sweep_at <= now() AND deleted_at IS NULL ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [due[0].request_id, limit]
  )
  const { rows } = await session.run<{ id: string; method: "anonymize" | "delete"; profile_id: string | null; profile_version: number | null }>(
    "SELECT id, method, profile_id, profile_version FROM privacy_request WHERE id = $1",
    [due[0].request_id]
  )
  return { request: rows[0], entries }
}

async function openErasedScope(session: Session, { options }: Environment, entries: Swept[]) {
  await openScope(
    session,
    entries.map(({ customer_id, pseudonym }, number) => ({ number, customerId: customer_id, pseudonym })),
    derivedKey(options.hashKeys, "column-hash").toString("hex")
  )
  // An address that was written back may be somebody's again by now: it leads nowhere. The pseudonym leads to what a deleted customer left.
  await session.runAll([
    `DELETE FROM ${SCOPE.identifiers} WHERE type = 'email'`,
    `INSERT INTO ${SCOPE.identifiers} (subject, type, value) SELECT subject, 'email', lower(pseudonym) || '@${PSEUDONYM_DOMAIN}' FROM ${SCOPE.subjects}`,
    // The record of a deleted customer is gone; what names its id is still theirs.
    `INSERT INTO ${SCOPE.rows} (entry, key, subject) SELECT 'customer', s.customer_id, s.subject FROM ${SCOPE.subjects} AS s
     WHERE NOT EXISTS (SELECT 1 FROM customer AS c WHERE c.id = s.customer_id)`,
  ])
}

/** Which tables hold something again, per customer. */
async function returned(session: Session, { map }: Environment, plan: ErasurePlan, subjects: number): Promise<Map<number, Set<string>>> {
  await resolveScope(session, foundByIds(map.entries), subjects)
  if (plan.method === "delete") {
    await provideUnknownCustomer(session)
  }
  const tables = new Map<number, Set<string>>()
  for (const { subject, table } of await findLeftovers(session, map.entries, plan)) {
    tables.set(subject, (tables.get(subject) ?? new Set()).add(table))
  }
  for (const subject of (await readValue(session, map.schema)).keys()) {
    tables.set(subject, (tables.get(subject) ?? new Set()).add("store_credit_account"))
  }
  return tables
}

async function eraseAgain(session: Session, { map }: Environment, plan: ErasurePlan, entries: Swept[], dirty: Map<number, Set<string>>) {
  await leaveOut(session, [...entries.keys()].filter((number) => !dirty.has(number)))
  await settleValue(session, map.schema)
  const clean = await eraseScope(session, map.entries, plan)
  await verifyErased(session, map.entries, plan, clean)
}
