import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { inTransaction } from "../database/session"
import type { Environment } from "../erasure/erase-chunk"
import { makePlan } from "../erasure/plan"
import { runErasure, type ChunkReport } from "../jobs/chunk-runner"
import { readProfileVersion } from "../profiles/profiles"
import { readRequest } from "./read-requests"
import { announceEnd } from "./announce-end"
import { bulkGate } from "./bulk-gate"
import { beginRequest, closeRequest } from "./request-state"

/**
 * Works one request off to its end; returns at once when it was stopped, finished or canceled meanwhile, and leaves it for later outside
 * the hours in which requests may run. Several runners, in several processes, may work on the same request.
 *
 * @param help calls another runner, once this one sees that there is work for two
 */
export async function runRequest(
  connection: Knex,
  environment: Environment,
  id: string,
  logger: Logger,
  help: () => Promise<void>
): Promise<void> {
  const prepared = await inTransaction(connection, async (session) => {
    if (!(await beginRequest(session, id))) {
      return null
    }
    const request = await readRequest(session, id)
    return { request, overrides: await readProfileVersion(session, request.profile_id, request.profile_version) }
  })
  if (!prepared) {
    return
  }
  const { request, overrides } = prepared
  await runErasure(
    connection,
    environment,
    {
      id,
      reference: request.reference,
      plan: makePlan(request.method ?? environment.options.default_method, overrides),
      overrides: request.overrides,
      holdValue: request.hold_value,
      actor: { id: request.requested_by, type: request.requested_by_type as "user" },
    },
    { logger, gate: bulkGate(environment.options, id), onChunk: callingHelp(environment.options.chunk_size, help) }
  )
  await inTransaction(connection, async (session) => {
    if (await closeRequest(session, id)) {
      await announceEnd(session, id)
    }
  })
}

/** A full chunk means that there is more: one more runner is called, which in turn calls the next. */
function callingHelp(chunkSize: number, help: () => Promise<void>): (report: ChunkReport) => void {
  let called = false
  return ({ subjects }) => {
    if (!called && subjects === chunkSize) {
      called = true
      void help()
    }
  }
}
