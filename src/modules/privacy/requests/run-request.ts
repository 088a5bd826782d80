import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { inTransaction } from "../database/session"
import type { Environment } from "../erasure/erase-chunk"
import { makePlan } from "../erasure/plan"
import { runErasure } from "../jobs/chunk-runner"
import { readProfileVersion } from "../profiles/profiles"
import { readRequest } from "./read-requests"
import { beginRequest, closeRequest } from "./request-state"

/** Works one request off to its end; returns at once when it was stopped, finished or canceled meanwhile. */
export async function runRequest(connection: Knex, environment: Environment, id: string, logger: Logger): Promise<void> {
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
      actor: { id: request.requested_by, type: request.requested_by_type as "user" },
    },
    { logger }
  )
  await inTransaction(connection, (session) => closeRequest(session, id))
}
