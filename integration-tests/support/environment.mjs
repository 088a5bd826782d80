import fs from "node:fs"
import path from "node:path"

import { buildAdmin, migrateDatabase, schemaHash, seedDatabase } from "../../scripts/lib/demo-store.mjs"
import { linkPlugin } from "../../scripts/lib/packages.mjs"
import { DEMO, ROOT } from "../../scripts/lib/paths.mjs"
import { buildPlugin } from "../../scripts/lib/plugin-build.mjs"
import { startPostgres } from "../../scripts/lib/postgres.mjs"
import { hashOf, whenChanged } from "../../scripts/lib/stamps.mjs"
import { startStore } from "../../scripts/lib/store-process.mjs"

/** What the tests keep between two runs: the Postgres with its seeded template. Git ignores it. */
const STATE = path.join(ROOT, ".test")

/** A migrated and seeded store; every test database is a copy of it. */
const TEMPLATE = "store_template"

/** The store that most tests of one worker share; two specs at a time never meet in one store. */
const shared = (worker) => `store_shared_${worker}`

const inState = (name) => path.join(STATE, name)

/**
 * Builds the plugin and the admin, starts Postgres, makes the template and starts a shared store for each worker.
 *
 * @param options.workers how many specs run at a time
 * @returns what tests find in `process.env`, and `stop()`
 */
export async function startEnvironment({ workers }) {
  linkPlugin()
  await buildPlugin({ log: inState("plugin-build.log") })
  const postgres = await startPostgres({ directory: inState("postgres"), log: inState("postgres.log"), durable: false })
  if (postgres.isNew) {
    fs.rmSync(inState("stamps"), { recursive: true, force: true })
  }
  await Promise.all([buildAdmin({ log: inState("admin-build.log") }), makeTemplate(postgres)])
  fs.rmSync(path.join(DEMO, "static"), { recursive: true, force: true })
  const stores = await Promise.all(Array.from({ length: workers }, (_, index) => startShared(postgres, index + 1)))
  return {
    variables: { TEST_POSTGRES_URL: postgres.url("postgres"), TEST_STORES: JSON.stringify(stores.map(({ url, databaseUrl, log }) => ({ url, databaseUrl, log }))) },
    stop: async () => {
      await Promise.all(stores.map((store) => store.stop()))
      await postgres.stop()
    },
  }
}

async function startShared(postgres, worker) {
  const name = shared(worker)
  await postgres.dropDatabase(name)
  const databaseUrl = await postgres.createDatabase(name, { template: TEMPLATE })
  const log = inState(`store-shared-${worker}.log`)
  return { ...(await startStore({ databaseUrl, log })), databaseUrl, log }
}

/** Seeded once; what is new in the schema is migrated into it, as into a store that updates. */
async function makeTemplate(postgres) {
  const schema = schemaHash()
  const migrate = (databaseUrl) =>
    whenChanged({
      stamp: inState("stamps/template-schema"),
      hash: schema,
      run: () => migrateDatabase({ databaseUrl, log: inState("migrate.log") }),
    })
  await whenChanged({
    stamp: inState("stamps/template"),
    hash: hashOf(["src/modules", "src/seed", "src/scripts", "accounts.json"].map((name) => path.join(DEMO, name))),
    run: async () => {
      fs.rmSync(inState("stamps/template-schema"), { force: true })
      await postgres.dropDatabase(TEMPLATE)
      const databaseUrl = await postgres.createDatabase(TEMPLATE)
      await migrate(databaseUrl)
      await seedDatabase({ databaseUrl, log: inState("seed.log") })
    },
  })
  await migrate(postgres.url(TEMPLATE))
}
