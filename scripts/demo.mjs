import fs from "node:fs"
import path from "node:path"
import { parseArgs } from "node:util"

import { stopAllProcesses } from "./lib/child-process.mjs"
import { checkDemo } from "./lib/demo-check.mjs"
import { buildAdmin, demoAccounts, migrateDatabase, schemaHash, seedDatabase } from "./lib/demo-store.mjs"
import { checkMachine } from "./lib/machine.mjs"
import { installPackages, linkPlugin, packagesAreInstalled } from "./lib/packages.mjs"
import { DEMO, STATE, shown } from "./lib/paths.mjs"
import { PlainError } from "./lib/plain-error.mjs"
import { buildPlugin } from "./lib/plugin-build.mjs"
import { isPortTaken } from "./lib/ports.mjs"
import { removePostgres } from "./lib/postgres-place.mjs"
import { startPostgres } from "./lib/postgres.mjs"
import { claimRun, stopLeftoverStore } from "./lib/single-run.mjs"
import { whenChanged } from "./lib/stamps.mjs"
import { startStore } from "./lib/store-process.mjs"
import { enterReceiver, startReceiver } from "./lib/webhook-receiver.mjs"

const USAGE = "Usage: npm run demo -- [--port <number>] [--reset] | --check"
const DATABASE = "medusa_privacy_demo"

/** A check has a database, a log and a claim of its own, and may run beside a demo. */
let state = STATE
const inState = (name) => path.join(state, name)

/** Of a check, only its result stands on the output. */
let say = (line) => console.log(line)

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
  const { port, reset, check } = readOptions()
  if (check) {
    state = path.join(STATE, "check")
    say = (line) => console.error(line)
  }
  checkMachine([STATE, state])
  await stopLeftoverStore(inState("demo.pid"), inState("store.pid"))
  if (port && (await isPortTaken(port))) {
    throw new PlainError(`Port ${port} is in use. Stop what listens there, or choose another: npm run demo -- --port ${port + 1}`)
  }
  claimRun(inState("demo.pid"))
  stopOnSignals()

  if (reset) {
    say("Starting over: deleting the demo's data")
    fs.rmSync(path.join(DEMO, "static"), { recursive: true, force: true })
  }
  if (reset || check) {
    deleteData()
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
  if (postgres.directory !== inState("postgres")) {
    say(`Its data is in ${postgres.directory}: its user may not enter this folder`)
  }
  if (postgres.isNew) {
    fs.rmSync(inState("stamps"), { recursive: true, force: true })
  }
  const databaseUrl = await postgres.createDatabase(DATABASE)
  await Promise.all([
    prepareDatabase(databaseUrl),
    buildAdmin({ log: inState("admin-build.log"), onStart: () => say("Building the admin") }),
  ])

  say("Starting the store")
  const store = await startStore({ databaseUrl, port, log: inState("store.log"), env: check ? filesOfItsOwn() : {} })
  fs.writeFileSync(inState("store.pid"), String(store.pid))
  store.ended.then(() => {
    if (!stopping) {
      void fail(new PlainError(`The store stopped by itself. Log: ${shown(store.log)}`))
    }
  })

  const { admin } = demoAccounts()
  if (check) {
    const result = await checkDemo({ storeUrl: store.url, databaseUrl, admin })
    stopping = true
    await stopAllProcesses()
    deleteData()
    console.log(result)
    process.exit(0)
  }
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

/** The demo's database and what says that it is filled; its logs stay. */
function deleteData() {
  removePostgres(inState("postgres"))
  ;["stamps", "static", "store.pid"].forEach((name) => fs.rmSync(inState(name), { recursive: true, force: true }))
}

/** Where the archives of a check lie: not among those of a demo that runs beside it. */
function filesOfItsOwn() {
  const folder = inState("static")
  fs.mkdirSync(folder, { recursive: true })
  const options = { upload_dir: folder, private_upload_dir: folder }
  return { DEMO_FILE_PROVIDER: JSON.stringify({ resolve: "@medusajs/medusa/file-local", id: "local", options }) }
}

function readOptions() {
  let values
  try {
    ;({ values } = parseArgs({
      options: { port: { type: "string" }, reset: { type: "boolean", default: false }, check: { type: "boolean", default: false } },
    }))
  } catch (error) {
    throw new PlainError(`${error.message.split("\n")[0]} ${USAGE}`)
  }
  if (values.check) {
    if (values.port || values.reset) {
      throw new PlainError(`A check chooses a free port and starts with new data. ${USAGE}`)
    }
    return { check: true }
  }
  const port = Number(values.port ?? 9000)
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
  // A check that was interrupted has shown nothing.
  process.exit(state === STATE ? 0 : 1)
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
    fs.mkdirSync(state, { recursive: true })
    fs.writeFileSync(inState("demo.log"), `${error.stack ?? error}\n`)
    message = `${String(message).split("\n")[0]} Log: ${shown(inState("demo.log"))}`
  }
  console.error(message)
  await stopAllProcesses()
  process.exit(1)
}
