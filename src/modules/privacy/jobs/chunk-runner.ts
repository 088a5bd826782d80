import { setTimeout as wait } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { recordAudit, SYSTEM } from "../audit/record"
import { inTransaction, type Session } from "../database/session"
import { eraseChunk } from "../erasure/erase-chunk"
import type { ClaimedSubject, Environment, ErasureRequest } from "../erasure/erasure-request"
import { safeMessage } from "./errors"
import { SplitOnFailure } from "./split-on-failure"

/** Takes subjects of the request; other runners pass them over until this transaction ends: it is their lease. */
async function claimSubjects(session: Session, requestId: string, limit: number): Promise<ClaimedSubject[]> {
  const { rows } = await session.run<ClaimedSubject>(
    `SELECT s.id, s.customer_id, s.identifier_type, s.identifier_hash, s.identifier_redacted, s.identity_hash, s.pseudonym
     FROM privacy_subject AS s JOIN privacy_request AS r ON r.id = s.request_id AND r.status = 'in_progress'
     WHERE s.request_id = $1 AND s.status = 'pending' AND s.deleted_at IS NULL ORDER BY s.id LIMIT $2 FOR UPDATE OF s SKIP LOCKED`,
    [requestId, limit]
  )
  return rows
}

/** A throttled runner does not wait for a request that was stopped, or that has no subject left. */
async function isRunning(connection: Knex, requestId: string): Promise<boolean> {
  const { rows } = await inTransaction(connection, (session) =>
    session.run(
      `SELECT 1 FROM privacy_request AS r WHERE r.id = $1 AND r.status = 'in_progress'
         AND EXISTS (SELECT 1 FROM privacy_subject AS s WHERE s.request_id = r.id AND s.status = 'pending' AND s.deleted_at IS NULL)`,
      [requestId]
    )
  )
  return rows.length > 0
}

/** What one transaction did; for tests and benchmarks. */
export interface ChunkReport {
  subjects: number
  statements: number
}

/**
 * Says how many subjects the transaction may take: `Infinity` without a throttle, 0 or less to wait a moment, null to leave the request for
 * later.
 */
export type Gate = (session: Session) => Promise<number | null>

/** How long a throttled runner sleeps before it looks again. */
const THROTTLE_PAUSE = 1000

/**
 * Works a request off, chunk by chunk, until no subject is left that this runner can take. A chunk that fails is halved until the subject
 * that makes it fail stands alone; that one is parked with its error and the rest goes on.
 */
export async function runErasure(
  connection: Knex,
  environment: Environment,
  request: ErasureRequest,
  {
    logger,
    onClaim,
    onChunk,
    gate,
  }: {
    logger: Logger
    /** Told how many subjects a transaction has taken, before it works on them. */
    onClaim?: (subjects: number) => void
    onChunk?: (report: ChunkReport) => void
    gate?: Gate
  }
): Promise<void> {
  const chunks = new SplitOnFailure<ClaimedSubject>(environment.options.chunk_size, async (subject, error) => {
    logger.error(`Privacy: subject ${subject.id} of request ${request.id} was parked: ${safeMessage(error)}`)
    await park(connection, request, subject, safeMessage(error))
  })
  for (;;) {
    const report = await chunks.run((chunk) =>
      inTransaction(connection, async (session) => {
        const allowed = gate ? await gate(session) : Infinity
        if (allowed !== null && allowed > 0) {
          chunk.claimed = await claimSubjects(session, request.id, Math.min(chunk.limit, allowed))
        }
        if (chunk.claimed.length) {
          onClaim?.(chunk.claimed.length)
          await eraseChunk(session, environment, request, chunk.claimed)
        }
        return { subjects: chunk.claimed.length, statements: session.statements, waits: allowed !== null && allowed <= 0 }
      })
    )
    if (report.waits && (await isRunning(connection, request.id))) {
      await wait(THROTTLE_PAUSE)
    } else if (report.subjects) {
      onChunk?.({ subjects: report.subjects, statements: report.statements })
    } else {
      return
    }
  }
}

async function park(connection: Knex, request: ErasureRequest, subject: ClaimedSubject, error: string): Promise<void> {
  await inTransaction(connection, async (session) => {
    await session.run(
      // Of a customer whom another request erased meanwhile, this row was passed over while it was claimed.
      `UPDATE privacy_subject AS s SET status = 'failed', error = $2, processed_at = now(), updated_at = now(),
         identifier = CASE WHEN NOT EXISTS (SELECT 1 FROM privacy_ledger_entry AS l WHERE l.customer_id = s.customer_id AND l.deleted_at IS NULL) THEN s.identifier END
       WHERE id = $1 AND status = 'pending'`,
      [subject.id, error]
    )
    await recordAudit(session, [
      { action: "erasure.failed", actor: SYSTEM, requestId: request.id, subjectId: subject.id, customerId: subject.customer_id },
    ])
  })
}
