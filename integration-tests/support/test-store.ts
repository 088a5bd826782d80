import path from "node:path"
import accounts from "../../demo/accounts.json"
import type { PrivacyPluginOptions } from "../../src/modules/privacy/options"
import { Database } from "./database"
import { Http, ok } from "./http"

/** A running store, its database, and the callers tests need. */
export interface TestStore {
  url: string
  databaseUrl: string
  database: Database
  /** Nobody in particular. */
  anonymous: Http
  /** The seeded admin: an officer with every permission. */
  officer: Http
  /** The store API with its publishable key, nobody logged in. */
  shop: Http
  /** File the store's output goes to. */
  log: string
  kill(signal?: NodeJS.Signals): void
  stop(): Promise<void>
}

/** The store that most tests share. Each test makes its own customers in it. */
export async function sharedStore(): Promise<TestStore> {
  const stores = JSON.parse(process.env.TEST_STORES as string)
  const { url, databaseUrl, log } = stores[Number(process.env.JEST_WORKER_ID) - 1]
  return connect(url, databaseUrl, log, { stop: async () => {}, kill: () => {} })
}

let count = 0

/** A store of its own: other options, or to be killed. Its database is a fresh copy of the seeded template. */
export async function startTestStore({
  name,
  options,
  env = {},
  databaseUrl,
}: {
  /** Names database and log. */
  name: string
  options?: PrivacyPluginOptions
  env?: Record<string, string>
  /** An existing database, for a second process on it. */
  databaseUrl?: string
}): Promise<TestStore> {
  const { startStore } = await import("../../scripts/lib/store-process.mjs" as string)
  const url = databaseUrl ?? (await copyTemplate(`store_${name}`))
  const log = path.resolve(`.test/store-${name}-${(count += 1)}.log`)
  const store = await startStore({
    databaseUrl: url,
    log,
    env: { ...(options ? { PRIVACY_OPTIONS: JSON.stringify(options) } : {}), ...env },
  })
  return connect(store.url, url, log, store)
}

/** A fresh copy of the seeded template. */
export const copyTemplate = (name: string): Promise<string> => createDatabase(name, "store_template")

/** A new database, empty or a copy; one of that name from an earlier run is dropped. */
export async function createDatabase(name: string, template = "template1"): Promise<string> {
  const server = process.env.TEST_POSTGRES_URL as string
  const admin = await Database.connect(server)
  await admin.rows(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  await admin.rows(`CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  await admin.close()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function connect(
  url: string,
  databaseUrl: string,
  log: string,
  process: { stop(): Promise<unknown>; kill(signal?: NodeJS.Signals): void }
): Promise<TestStore> {
  const database = await Database.connect(databaseUrl)
  const anonymous = new Http(url)
  const { token } = await ok(anonymous.post("/auth/user/emailpass", accounts.admin))
  const key = await database.row<{ token: string }>("SELECT token FROM api_key WHERE type = 'publishable' LIMIT 1")
  return {
    url,
    databaseUrl,
    database,
    anonymous,
    officer: anonymous.as(token),
    shop: anonymous.with({ "x-publishable-api-key": key.token }),
    log,
    kill: (signal) => process.kill(signal),
    stop: async () => {
      await database.close()
      await process.stop()
    },
  }
}
