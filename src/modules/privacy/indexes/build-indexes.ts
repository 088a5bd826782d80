import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, SYSTEM } from "../audit/record"
import { Lease, LeaseLost } from "../database/lease"
import { LOCK } from "../database/locks"
import type { Session } from "../database/session"
import { name as quoted } from "../database/sql"
import { isConnectionLost, safeMessage } from "../jobs/errors"
import { runUnlimited } from "./run-unlimited"

interface Build {
  id: string
  name: string
  table_name: string
  statement: string
  attempts: number
}

/** After so many workers died over an index, it is given up. */
const MOST_ATTEMPTS = 3

/** @returns true while an index waits to be built */
export async function hasIndexesToBuild(session: Session): Promise<boolean> {
  const { rows } = await session.run("SELECT 1 FROM privacy_index_build WHERE status = 'building' AND deleted_at IS NULL LIMIT 1")
  return rows.length > 0
}

/**
 * Builds what officers asked for, one after another, without locking the tables against the shop. An index that fails is dropped again and
 * reported: an invalid one would cost on every write and help nobody.
 */
export async function buildIndexes(connection: Knex, logger: Logger): Promise<void> {
  // One index at a time over all instances: two builds on one table would wait for each other.
  await Lease.hold(connection, LOCK.indexBuilder, async (lease) => {
    for (let build = await lease.transaction(nextBuild); build; build = await lease.transaction(nextBuild)) {
      await buildOne(connection, lease, build, logger)
    }
  })
}

async function nextBuild(session: Session): Promise<Build | undefined> {
  const { rows } = await session.run<Build>(
    `UPDATE privacy_index_build SET attempts = attempts + 1, updated_at = now() WHERE id = (
       SELECT id FROM privacy_index_build WHERE status = 'building' AND deleted_at IS NULL ORDER BY created_at, id LIMIT 1)
     RETURNING id, name, table_name, statement, attempts`
  )
  return rows[0]
}

/** What stands in the database under the name: null for nothing, true for an index that serves, false for the rest of a build that broke off. */
async function isValid(session: Session, index: string): Promise<boolean | null> {
  const { rows } = await session.run<{ valid: boolean }>(
    `SELECT i.indisvalid AS valid FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
     WHERE c.relname = $1 AND c.relnamespace = quote_ident(current_schema())::regnamespace`,
    [index]
  )
  return rows[0]?.valid ?? null
}

const drop = (connection: Knex, index: string) => runUnlimited(connection, [`DROP INDEX CONCURRENTLY IF EXISTS ${quoted(index)}`])

async function buildOne(connection: Knex, lease: Lease, build: Build, logger: Logger): Promise<void> {
  try {
    const valid = await lease.transaction((session) => isValid(session, build.name))
    if (valid === false) {
      await drop(connection, build.name)
    }
    if (!valid && build.attempts > MOST_ATTEMPTS) {
      throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, `The server stopped ${MOST_ATTEMPTS} times while it was built.`)
    }
    // Where a worker died over it, Postgres may have finished it all the same: then this does nothing. Only after ANALYZE the planner knows what an
    // index on an expression is worth.
    await runUnlimited(connection, [build.statement, `ANALYZE ${quoted(build.table_name)}`])
    await lease.transaction((session) => finish(session, build, null))
  } catch (error) {
    if (isConnectionLost(error) || error instanceof LeaseLost) {
      // The next tick takes it up again, and drops what is left of it.
      throw error
    }
    const message = safeMessage(error)
    logger.error(`Privacy: the index ${build.name} was not created: ${message}`)
    await drop(connection, build.name)
    await lease.transaction((session) => finish(session, build, message))
  }
}

async function finish(session: Session, { id, name }: Build, error: string | null): Promise<void> {
  await session.run("UPDATE privacy_index_build SET status = $2, error = $3, finished_at = now(), updated_at = now() WHERE id = $1", [
    id,
    error === null ? "ready" : "failed",
    error,
  ])
  await recordAudit(session, [{ action: error === null ? "index.created" : "index.failed", actor: SYSTEM, details: { name } }])
}
