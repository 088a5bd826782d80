import fs from "node:fs"
import path from "node:path"

import { runToEnd } from "./child-process.mjs"
import { DEMO, MEDUSA_CLI, ROOT } from "./paths.mjs"
import { hashOf, whenChanged } from "./stamps.mjs"
import { storeEnvironment } from "./store-process.mjs"

const LOCK = path.join(ROOT, "package-lock.json")
const inPlugin = (...names) => names.map((name) => path.join(ROOT, name))
const inDemo = (...names) => names.map((name) => path.join(DEMO, name))
const withoutPlugin = process.env.DEMO_WITHOUT_PLUGIN

/** The seeded accounts: the same file that the store's configuration and the seed read. */
export function demoAccounts() {
  return JSON.parse(fs.readFileSync(path.join(DEMO, "accounts.json"), "utf8"))
}

/** Brings a database to the schema of the demo store. */
export async function migrateDatabase({ databaseUrl, env, log }) {
  await runMedusa(["db:migrate", "--execute-safe-links", "--execute-safe-search"], {
    what: "Migrating the database",
    databaseUrl,
    env,
    log,
  })
}

/** The hash of what decides the schema. Of the plugin only its migrations do: the rest of its code changes without a new database. */
export function schemaHash() {
  const sources = ["src/modules", "src/links", "src/migration-scripts"]
  const modules = path.join(ROOT, "src/modules")
  const migrations = fs.readdirSync(modules).map((module) => path.join(modules, module, "migrations"))
  return hashOf([LOCK, ...inDemo("medusa-config.ts", ...sources), ...inPlugin("src/links", "src/migration-scripts"), ...migrations], { rbac: process.env.DEMO_RBAC, withoutPlugin })
}

/** Fills a migrated database with customers, orders and all that belongs to them. */
export async function seedDatabase({ databaseUrl, env, log }) {
  await runMedusa(["exec", "./src/scripts/seed.ts"], { what: "Seeding the store", databaseUrl, env, log })
}

/**
 * Builds the admin into demo/public/admin, where `medusa start` looks for it. The plugin must have been built before.
 *
 * @returns true when it was built
 */
export async function buildAdmin({ log, onStart }) {
  const target = path.join(DEMO, "public/admin")
  const hash = hashOf([LOCK, ...inDemo("medusa-config.ts"), ...inPlugin(".medusa/server/src/admin")], { withoutPlugin })
  return await whenChanged({
    stamp: path.join(DEMO, "public/admin.stamp"),
    hash,
    run: async () => {
      onStart?.()
      await runMedusa(["build", "--admin-only", "--no-lint"], { what: "Building the admin", log })
      // The command writes to a folder meant for hosting the admin elsewhere.
      fs.rmSync(target, { recursive: true, force: true })
      fs.mkdirSync(path.dirname(target), { recursive: true })
      fs.renameSync(path.join(DEMO, ".medusa/admin"), target)
    },
  })
}

async function runMedusa(args, { what, databaseUrl = "postgres://localhost/none", env, log }) {
  await runToEnd(process.execPath, [MEDUSA_CLI, ...args], {
    what,
    cwd: DEMO,
    env: storeEnvironment({ databaseUrl, env }),
    log,
  })
}
