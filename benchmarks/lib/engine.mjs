import { createRequire } from "node:module"
import path from "node:path"

import { ROOT } from "../../scripts/lib/paths.mjs"

const require = createRequire(path.join(ROOT, "package.json"))
const built = (name) => require(path.join(ROOT, ".medusa/server/src/modules/privacy", name))

/**
 * The built erase engine alone on a database, without a store around it: for what is compared with itself (large and small store, with and
 * without an index) and for counting statements.
 */
export async function openEngine(url) {
  const { knex } = require("@medusajs/framework/mikro-orm/knex")
  const { DataMap } = built("data-map/data-map")
  const { parseOptions } = built("options")
  const { inTransaction } = built("database/session")
  const connection = knex({ client: "pg", connection: url, pool: { min: 0, max: 4 } })
  const options = parseOptions({}, { production: false })
  const map = await new DataMap(options, connection).bind()
  return {
    options,
    map,
    transaction: (work) => inTransaction(connection, work),
    missingIndexes: () => inTransaction(connection, (session) => built("data-map/missing-indexes").findMissingIndexes(session, map.entries)),
    erase: (customers) => erase(connection, { map, options }, customers),
    close: () => connection.destroy(),
  }
}

let requests = 0

/** Erases customers as one request, one chunk after the other; gives the milliseconds it took and a report per chunk. */
async function erase(connection, environment, customers) {
  const { makePlan } = built("erasure/plan")
  const { runErasure } = built("jobs/chunk-runner")
  const id = `prvreq_bench_${Date.now()}_${(requests += 1)}`
  await connection.raw(
    `INSERT INTO privacy_request (id, reference, type, method, status, origin, requested_by_type, due_at)
     VALUES (?, ?, 'erasure', 'anonymize', 'in_progress', 'bulk', 'system', now())`,
    [id, id]
  )
  await connection.raw(
    `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier, identifier_hash, identifier_redacted, pseudonym)
     SELECT 'prvsub_' || md5(?::text || c), ?, c, 'customer_id', c, 'k1:' || md5(c), 'c***', 'erased-' || left(md5(random()::text || c), 20) FROM unnest(?::text[]) AS c`,
    [id, id, customers]
  )
  const chunks = []
  const plan = makePlan("anonymize")
  const actor = { id: null, type: "system" }
  const started = performance.now()
  await runErasure(connection, environment, { id, reference: id, plan, overrides: [], actor }, { logger: console, onChunk: (chunk) => chunks.push(chunk) })
  const milliseconds = performance.now() - started
  await connection.raw("UPDATE privacy_request SET status = 'complete', completed_at = now() WHERE id = ?", [id])
  const { rows } = await connection.raw("SELECT count(*)::int AS count FROM privacy_subject WHERE request_id = ? AND status = 'complete'", [id])
  if (rows[0].count !== customers.length) {
    throw new Error(`${rows[0].count} of ${customers.length} customers were erased.`)
  }
  return { milliseconds, chunks }
}
