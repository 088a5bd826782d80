import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { inTransaction } from "../database/session"
import type { Environment } from "../erasure/erasure-request"
import { makePlan } from "../erasure/plan"
import { refuseUnclassified } from "../data-map/coverage"
import { runErasure, type Gate } from "../jobs/chunk-runner"
import { readProfileVersion } from "../profiles/profiles"
import { readLanguage } from "./read-language"
import { readRequest, type PrivacyRequestView } from "./read-requests"
import { announceEnd } from "./announce-end"
import { announceExtract } from "./announce-extract"
import { bulkGate, erasureGate } from "./bulk-gate"
import { beginRequest, closeRequest } from "./request-state"
import { runExtract } from "./run-extract"

/**
 * Works one request off to its end; returns at once when it was stopped, finished or canceled meanwhile, and leaves it for later outside
 * the hours in which requests may run. Several runners, in several processes, may work on the same request.
 *
 * @param help calls another runner, once this one sees that there is work for two
 * @param stopping true when this process is about to end: no further chunk is begun, and an archive is completed as it is
 */
export async function runRequest(
  connection: Knex,
  environment: Environment,
  id: string,
  logger: Logger,
  { help, stopping }: { help: () => Promise<void>; stopping: () => boolean }
): Promise<void> {
  const prepared = await inTransaction(connection, async (session) => {
    if (!(await beginRequest(session, id))) {
      return null
    }
    const request = await readRequest(session, id)
    return { request, overrides: await readProfileVersion(session, request.profile_id, request.profile_version), language: await readLanguage(session, id) }
  })
  if (!prepared) {
    return
  }
  const { request, overrides, language } = prepared
  const actor = { id: request.requested_by, type: request.requested_by_type as "user" }
  if (request.type === "access") {
    const { reference, format } = request
    const single = request.origin === "customer_page"
    const gate = bulkGate(environment.options, id)
    await runExtract(connection, environment, { id, reference, format: format ?? "json", language, single, actor }, {
      logger,
      gate: whileRunning(stopping, gate),
    })
    await close(connection, environment, request)
    return
  }
  refuseUnclassified(environment.options, environment.map.coverage)
  await runErasure(
    connection,
    environment,
    {
      id,
      reference: request.reference,
      plan: makePlan(request.method ?? environment.options.default_method, overrides),
      overrides: request.overrides,
      holdValue: request.hold_value,
      actor,
    },
    { logger, gate: whileRunning(stopping, erasureGate(environment.options, request)), onClaim: callingHelp(environment.options.chunk_size, help) }
  )
  await close(connection, environment, request)
}

/** A process that was told to end begins no further chunk: the rest is another worker's, or waits for the next start. */
const whileRunning =
  (stopping: () => boolean, gate: Gate | undefined): Gate =>
  async (session) => (stopping() ? null : gate ? gate(session) : Infinity)

async function close(connection: Knex, { options }: Environment, { id, type }: PrivacyRequestView) {
  await inTransaction(connection, async (session) => {
    if (await closeRequest(session, id)) {
      await (type === "access" ? announceExtract(session, options, id) : announceEnd(session, id))
    }
  })
}

/** A full chunk means that there is more: one more runner is called at once, which in turn calls the next. */
function callingHelp(chunkSize: number, help: () => Promise<void>): (subjects: number) => void {
  let called = false
  return (subjects) => {
    if (!called && subjects === chunkSize) {
      called = true
      void help()
    }
  }
}
