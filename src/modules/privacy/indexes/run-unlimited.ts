import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { MedusaError } from "@medusajs/framework/utils"
import { outsideTransaction, type Session } from "../database/session"

/** Reading a large table takes longer than a shop's usual limits allow. */
const NO_LIMITS = ["statement_timeout", "lock_timeout", "idle_session_timeout"]

/** Postgres: a statement was canceled, by a limit or by an operator. */
const CANCELED = "57014"

/**
 * Runs statements that refuse to run inside a transaction, without the shop's limits. Limits outside a transaction belong to the session. Behind a
 * connection pooler that may be another one at every statement, and other clients would get what was set: there the limits stay as they are.
 *
 * @throws MedusaError UNEXPECTED_STATE where a limit ended a statement and could not be lifted
 */
export async function runUnlimited(connection: Knex, statements: string[]): Promise<void> {
  await outsideTransaction(connection, async (session) => {
    const direct = await isDirect(session)
    const limits = direct ? await liftLimits(session) : new Map<string, string>()
    try {
      for (const statement of statements) {
        await session.run(statement)
      }
    } catch (error) {
      throw !direct && (error as { code?: string }).code === CANCELED ? stoppedByLimit() : error
    }
    await setLimits(session, limits)
  })
}

/** A pooler makes up the process id it tells its clients: the server itself answers with another one. */
async function isDirect(session: Session): Promise<boolean> {
  const { rows } = await session.run<{ pid: number }>("SELECT pg_backend_pid() AS pid")
  return rows[0].pid === session.processId
}

const stoppedByLimit = () =>
  new MedusaError(
    MedusaError.Types.UNEXPECTED_STATE,
    "A limit of the database (statement_timeout) ended it, and behind a connection pooler it cannot be lifted for one statement. Run the statement by hand, on a direct connection."
  )

async function liftLimits(session: Session): Promise<Map<string, string>> {
  const { rows } = await session.run<{ name: string; setting: string }>("SELECT name, current_setting(name) AS setting FROM pg_settings WHERE name = ANY($1)", [
    NO_LIMITS,
  ])
  await setLimits(session, new Map(rows.map(({ name }) => [name, "0"])))
  return new Map(rows.map(({ name, setting }) => [name, setting]))
}

async function setLimits(session: Session, limits: Map<string, string>): Promise<void> {
  for (const [name, setting] of limits) {
    await session.run("SELECT set_config($1, $2, false)", [name, setting])
  }
}
