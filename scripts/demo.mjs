import fs from "node:fs"
import path from "node:path"
import { parseArgs } from "node:util"

import { stopAllProcesses } from "./lib/child-process.mjs"
import { buildAdmin, demoAccounts, migrateDatabase, schemaHash, seedDatabase } from "./lib/demo-store.mjs"
import { installPackages, linkPlugin, packagesAreInstalled } from "./lib/packages.mjs"
import { DEMO, STATE, shown } from "./lib/paths.mjs"
import { PlainError } from "./lib/plain-error.mjs"
import { buildPlugin } from "./lib/plugin-build.mjs"
import { isPortTaken } from "./lib/ports.mjs"
import { startPostgres } from "./lib/postgres.mjs"
import { claimRun, stopLeftoverStore } from "./lib/single-run.mjs"
import { whenChanged } from "./lib/stamps.mjs"
import { startStore } from "./lib/store-process.mjs"
import { enterReceiver, startReceiver } from "./lib/webhook-receiver.mjs"

const USAGE = "Usage: npm run demo -- [--port <number>] [--reset]"
const DATABASE = "medusa_privacy_demo"

const inState = (name) => path.join(STATE, name)
const say = (line) => console.log(line)

let stopping = false

try {
  await main()
} catch (error) {
  // While it stops, everything that was under way fails: that is no news.
  if (!stopping) {
    await fail(error)
  }
}

async function main() {
  const { port, reset } = readOptions()
  await stopLeftoverStore(inState("demo.pid"), inState("store.pid"))
  if (await isPortTaken(port)) {
    throw new PlainError(`Port ${port} is in use. Stop what listens there, or choose another: npm run demo -- --port ${port + 1}`)
  }
  claimRun(inState("demo.pid"))
  stopOnSignals()

  if (reset) {
    say("Starting over: deleting the demo's data")
    ;["postgres", "stamps"].forEach((name) => fs.rmSync(inState(name), { recursive: true, force: true }))
    fs.rmSync(path.join(DEMO, "static"), { recursive: true, force: true })
  }

  if (!packagesAreInstalled()) {
    say("Installing packages (about two minutes)")
    await installPackages({ log: inState("packages.log") })
  }
  linkPlugin()
  if (!process.env.DEMO_WITHOUT_PLUGIN) {
    await buildPlugin({ log: inState("plugin-build.log"), onStart: () => say("Building the plugin") })
  }

  say("Starting Postgres")
  const postgres = await startPostgres({ directory: inState("postgres"), log: inState("postgres.log") })
  const databaseUrl = await postgres.createDatabase(DATABASE)
  await Promise.all([
    prepareDatabase(databaseUrl),
    buildAdmin({ log: inState("admin-build.log"), onStart: () => say("Building the admin") }),
  ])

  say("Starting the store")
  const store = await startStore({ databaseUrl, port, log: inState("store.log") })
  fs.writeFileSync(inState("store.pid"), String(store.pid))
  store.ended.then(() => {
    if (!stopping) {
      void fail(new PlainError(`The store stopped by itself. Log: ${shown(store.log)}`))
    }
  })

  const { admin } = demoAccounts()
  const receiver = process.env.DEMO_WITHOUT_PLUGIN ? null : await startReceiver({ onEvent: ({ type, data }) => say(`Webhook ${type}: ${JSON.stringify(data)}`) })
  if (receiver) {
    await enterReceiver({ storeUrl: store.url, admin, receiver, file: inState("webhook.json") })
  }
  say("Ready. Ctrl-C stops it; the data is kept.")
  say(`Database: ${databaseUrl}`)
  say(`Admin: ${store.url}/app`)
  say(`Login: ${admin.email} / ${admin.password}`)
  if (receiver) {
    say(`Webhooks: ${receiver.url} shows what the store tells its receiver`)
  }
}

async function prepareDatabase(databaseUrl) {
  await whenChanged({
    stamp: inState("stamps/schema"),
    hash: schemaHash(),
    run: async () => {
      say("Migrating the database")
      await migrateDatabase({ databaseUrl, log: inState("migrate.log") })
    },
  })
  await whenChanged({
    stamp: inState("stamps/seed"),
    // Not a hash of the seed: what somebody changed in the demo since must not be seeded over.
    hash: `rbac ${process.env.DEMO_RBAC === "1" ? "on" : "off"}`,
    run: async () => {
      say("Seeding customers and orders")
      await seedDatabase({ databaseUrl, log: inState("seed.log") })
    },
  })
}

function readOptions() {
  let values
  try {
    ;({ values } = parseArgs({ options: { port: { type: "string", default: "9000" }, reset: { type: "boolean", default: false } } }))
  } catch (error) {
    throw new PlainError(`${error.message.split("\n")[0]} ${USAGE}`)
  }
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new PlainError(`"${values.port}" is not a port. ${USAGE}`)
  }
  return { port, reset: values.reset }
}

/** The store first, its database after it: they are stopped in the reverse order of their start. */
async function stop() {
  if (stopping) {
    return
  }
  stopping = true
  await stopAllProcesses()
  process.exit(0)
}

function stopOnSignals() {
  process.on("SIGINT", stop)
  process.on("SIGTERM", stop)
  if (process.stdout.isTTY) {
    // The terminal was closed. Without one, the signal may be one that nohup wants ignored.
    process.on("SIGHUP", stop)
  }
  // npm runs a script through a shell, which may die of a signal without passing it on.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) {
    setInterval(() => process.ppid === parent || stop(), 500).unref()
  }
}

async function fail(error) {
  stopping = true
  let message = error.message
  if (!(error instanceof PlainError)) {
    fs.mkdirSync(STATE, { recursive: true })
    fs.writeFileSync(inState("demo.log"), `${error.stack ?? error}\n`)
    message = `${String(message).split("\n")[0]} Log: ${shown(inState("demo.log"))}`
  }
  console.error(message)
  await stopAllProcesses()
  process.exit(1)
}
