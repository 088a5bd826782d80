import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { productReviewTable } from "../../demo/src/modules/product-review/privacy"
import { subscriptionTables } from "../../demo/src/modules/subscription/privacy"
import { SYSTEM } from "../../src/modules/privacy/audit/record"
import { inTransaction, type Session } from "../../src/modules/privacy/database/session"
import { DataMap } from "../../src/modules/privacy/data-map/data-map"
import type { Method } from "../../src/modules/privacy/data-map/definition"
import type { Destination } from "../../src/modules/privacy/destinations/registry"
import type { Environment } from "../../src/modules/privacy/erasure/erasure-request"
import { makePlan, type ProfileOverride } from "../../src/modules/privacy/erasure/plan"
import { runErasure, type ChunkReport } from "../../src/modules/privacy/jobs/chunk-runner"
import { parseOptions, type PrivacyPluginOptions } from "../../src/modules/privacy/options"
import { changeState } from "../../src/modules/privacy/requests/change-state"
import { closeRequest } from "../../src/modules/privacy/requests/request-state"
import { Database } from "./database"
import { copyTemplate } from "./test-store"

/** The erase engine alone, on a seeded database of its own that no store runs on. */
export interface Engine {
  databaseUrl: string
  connection: Knex
  environment: Environment
  database: Database
  /** Error messages of parked subjects, as they would stand in the log. */
  logged: string[]
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** @param databaseUrl a migrated database; a copy of the seeded template when left out */
export async function openEngine({
  name,
  options = {},
  databaseUrl,
  destinations = [],
}: {
  name: string
  options?: PrivacyPluginOptions
  databaseUrl?: string
  destinations?: Destination[]
}): Promise<Engine> {
  const url = databaseUrl ?? (await copyTemplate(`engine_${name}`))
  const connection = knex({ client: "pg", connection: url, pool: { min: 0, max: 4 } })
  const database = await Database.connect(url)
  const parsed = parseOptions({ tables: [productReviewTable, ...subscriptionTables], ...options }, { production: false })
  return {
    databaseUrl: url,
    connection,
    database,
    environment: { map: await new DataMap(parsed, connection).bind(), options: parsed, destinations },
    logged: [],
    transaction: (work) => inTransaction(connection, work),
    close: async () => {
      await database.close()
      await connection.destroy()
    },
  }
}

/** What an erasure came to, and what each of its transactions sent. */
export interface Erased {
  requestId: string
  chunks: ChunkReport[]
  subjects: { customer_id: string; status: string; error: string | null; holds: { code: string }[] }[]
}

interface Choices {
  method?: Method
  overrides?: string[]
  profile?: ProfileOverride[]
}

/** Files a request for these customers, as a bulk request would, and works it off. */
export async function eraseAll(engine: Engine, customers: string[], choices: Choices = {}): Promise<Erased> {
  const requestId = generateEntityId(undefined, "prvreq")
  await engine.database.rows(
    `INSERT INTO privacy_request (id, reference, type, method, status, origin, requested_by_type, due_at)
     VALUES ($1, $1, 'erasure', $2, 'in_progress', 'test', 'system', now())`,
    [requestId, choices.method ?? "anonymize"]
  )
  await engine.database.rows(
    `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier, identifier_hash, identifier_redacted, pseudonym)
     SELECT 'prvsub_' || md5($1 || id), $1, id, 'customer_id', id, 'k1:' || md5(id), left(id, 1) || '***', 'erased-' || left(md5($1 || id), 20)
     FROM unnest($2::text[]) AS c (id)`,
    [requestId, customers]
  )
  return work(engine, requestId, choices)
}

/** Takes held and failed subjects up again, as an officer's click on retry does. */
export async function retryAll(engine: Engine, requestId: string, choices: Choices = {}): Promise<Erased> {
  await engine.transaction((session) => changeState(session, requestId, "retry", SYSTEM))
  await engine.database.rows("UPDATE privacy_request SET status = 'in_progress' WHERE id = $1", [requestId])
  return work(engine, requestId, choices)
}

/** Works a request off that was filed by other means. */
export async function workOff(engine: Engine, requestId: string, choices: Choices = {}): Promise<Erased> {
  await engine.database.rows("UPDATE privacy_request SET status = 'in_progress' WHERE id = $1", [requestId])
  return work(engine, requestId, choices)
}

async function work(engine: Engine, requestId: string, { method = "anonymize", overrides = [], profile }: Choices): Promise<Erased> {
  const chunks: ChunkReport[] = []
  const logger = { error: (message: string) => engine.logged.push(message) }
  await runErasure(
    engine.connection,
    engine.environment,
    { id: requestId, reference: requestId, plan: makePlan(method, profile), overrides, actor: SYSTEM },
    { logger: logger as never, onChunk: (report) => chunks.push(report) }
  )
  await engine.transaction((session) => closeRequest(session, requestId))
  const subjects = await engine.database.rows<Erased["subjects"][number]>(
    "SELECT customer_id, status, error, holds FROM privacy_subject WHERE request_id = $1 ORDER BY customer_id",
    [requestId]
  )
  return { requestId, chunks, subjects }
}
