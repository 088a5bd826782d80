import fs from "node:fs"
import os from "node:os"
import path from "node:path"

import { migrateDatabase, schemaHash, seedDatabase } from "../../scripts/lib/demo-store.mjs"
import { DEMO } from "../../scripts/lib/paths.mjs"
import { startPostgres } from "../../scripts/lib/postgres.mjs"
import { hashOf, whenChanged } from "../../scripts/lib/stamps.mjs"
import { BENCHMARKS, inState, log } from "../lib/places.mjs"
import { seedStatements, SHARED_ROWS } from "./footprint.mjs"

/** The demo store: catalogue, regions, an officer, some three hundred customers. */
const BASE = "bench_base"

/** Customers that one statement makes: enough to be set-based, few enough to see progress and to use two cores. */
const BATCH = 10_000
const SIDE_BY_SIDE = 2

/** Name of the template with so many benchmark customers. */
export const templateOf = (customers) => `bench_store_${customers}`

/** A quarter of the memory, where Postgres' manual says to begin (20.4.1); all else is as it is installed. */
const sharedBuffers = `${Math.floor(os.totalmem() / 4 / 2 ** 20)}MB`

/** The benchmarks' own Postgres, with the durability a shop runs with. */
export const startBenchPostgres = () => startPostgres({ directory: inState("postgres"), log: log("postgres"), sharedBuffers })

/**
 * Makes the templates of these sizes where they are missing or something that decides them has changed.
 *
 * @param say told what takes long
 */
export async function makeTemplates(sizes, say) {
  const seedHash = hashOf([...["src/modules", "src/seed", "src/scripts", "accounts.json"].map((name) => path.join(DEMO, name))], { schema: schemaHash() })
  const storeHash = hashOf([path.join(BENCHMARKS, "store/footprint.mjs")], { seedHash })
  // Nobody misses the templates after a crash: they are made without waiting for the disk.
  const postgres = await startPostgres({ directory: inState("postgres"), log: log("postgres"), durable: false })
  if (postgres.isNew) {
    fs.rmSync(inState("stamps"), { recursive: true, force: true })
  }
  try {
    await whenChanged({
      stamp: inState("stamps/base"),
      hash: seedHash,
      run: async () => {
        say("Making the demo store")
        await postgres.dropDatabase(BASE)
        const databaseUrl = await postgres.createDatabase(BASE)
        await migrateDatabase({ databaseUrl, log: log("migrate") })
        await seedDatabase({ databaseUrl, log: log("seed") })
      },
    })
    for (const customers of new Set(sizes)) {
      await whenChanged({
        stamp: inState(`stamps/store-${customers}`),
        hash: storeHash,
        run: () => makeStore(postgres, customers, say),
      })
    }
  } finally {
    await postgres.stop()
  }
}

/** A fresh copy of a template. */
export async function copyOf(postgres, customers, name) {
  await postgres.dropDatabase(name)
  await postgres.query("postgres", `CREATE DATABASE "${name}" TEMPLATE "${templateOf(customers)}" STRATEGY FILE_COPY`)
  // What the copy left to be written must not be written while the clock runs.
  await postgres.query("postgres", "CHECKPOINT")
  return postgres.url(name)
}

async function makeStore(postgres, customers, say) {
  say(`Making a store of ${customers.toLocaleString("en")} customers`)
  const name = templateOf(customers)
  await postgres.dropDatabase(name)
  const url = await postgres.createDatabase(name, { template: BASE })
  const batches = Array.from({ length: Math.ceil(customers / BATCH) }, (_, index) => [index * BATCH, Math.min(customers, (index + 1) * BATCH) - 1])
  const lanes = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => connect(url)))
  await run(lanes[0], SHARED_ROWS)
  await Promise.all(
    lanes.map(async (client) => {
      // The rows are made to fit: checking every foreign key would take longer than writing them.
      await client.query("SET session_replication_role = replica")
      for (let batch = batches.shift(); batch; batch = batches.shift()) {
        await run(client, seedStatements(...batch))
      }
    })
  )
  await lanes[0].query("VACUUM ANALYZE")
  await Promise.all(lanes.map((client) => client.end()))
}

async function connect(url) {
  const { default: pg } = await import("pg")
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

async function run(client, statements) {
  for (const statement of statements) {
    await client.query(statement)
  }
}
