import fs from "node:fs"
import os from "node:os"
import path from "node:path"

import { runToEnd, startProcess, stopProcess } from "./child-process.mjs"
import { PLUGIN_NAME, ROOT, shown } from "./paths.mjs"
import { PlainError } from "./plain-error.mjs"
import { freePort } from "./ports.mjs"

/** The admin user of every fresh store. */
export const OWNER = { email: "owner@shop.example", password: "the owner's password" }

/** As long as a real one; the upgrade fixture is sealed under it. */
const PEPPER = "a pepper that only this shop knows, kept outside"

/** The packages that create-medusa-app writes into a new store, those of Medusa apart. */
const STORE_PACKAGES = {
  "@swc/core": "1.7.42",
  "@types/node": "^20.12.11",
  "@types/react": "^18.3.2",
  "@types/react-dom": "^18.2.25",
  react: "^18.3.1",
  "react-dom": "^18.3.1",
  "ts-node": "^10.9.2",
  typescript: "^5.6.2",
  vite: "^5.4.14",
}

const MEDUSA_PACKAGES = ["admin-sdk", "cli", "framework", "medusa"]

const TSCONFIG = {
  compilerOptions: {
    target: "ES2021",
    module: "Node16",
    moduleResolution: "Node16",
    esModuleInterop: true,
    emitDecoratorMetadata: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    skipDefaultLibCheck: true,
    declaration: false,
    sourceMap: false,
    outDir: "./.medusa/server",
    rootDir: "./",
    jsx: "react-jsx",
    forceConsistentCasingInFileNames: true,
    resolveJsonModule: true,
    checkJs: false,
    strictNullChecks: true,
  },
  include: ["**/*"],
  exclude: ["node_modules", ".medusa/server", ".medusa/admin", ".cache"],
}

/** The README's configuration, in a store without anything else. */
const PLUGIN_CONFIG = `
    {
      resolve: "${PLUGIN_NAME}",
      options: {
        pepper: process.env.PRIVACY_PEPPER,
        officers: [{ user: "${OWNER.email}", permissions: ["all"] }],
      },
    },
  `

const configuration = ({ plugin, admin, projectConfig }) => `import { defineConfig } from "@medusajs/framework/utils"

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: { storeCors: "http://localhost", adminCors: "http://localhost", authCors: "http://localhost", jwtSecret: "a secret", cookieSecret: "another secret" },
    // A browser takes the session's cookie over plain http then.
    cookieOptions: { secure: false },${Object.entries(projectConfig).map(([key, value]) => `\n    ${key}: ${JSON.stringify(value)},`).join("")}
  },
  admin: { disable: ${!admin} },
  plugins: [${plugin ? PLUGIN_CONFIG : ""}],
})
`

/**
 * Packs the plugin as it would be published. It must have been built.
 *
 * @param folder where the tarball goes
 * @returns the tarball's path and the names of the files in it
 */
export async function packPlugin({ folder, log }) {
  const list = `${log}.json`
  fs.mkdirSync(folder, { recursive: true })
  // Through a shell: the list goes into a file of its own, npm's notices into the log.
  await npm(["pack", "--loglevel=error", "--ignore-scripts", "--json", "--pack-destination", folder], { what: "npm pack", cwd: ROOT, log: list })
  const [packed] = JSON.parse(fs.readFileSync(list, "utf8").replace(/^[^[]*/, ""))
  return { tarball: path.join(folder, packed.filename), files: packed.files.map((file) => file.path) }
}

/**
 * A store as create-medusa-app leaves it, with the plugin from its tarball, in a folder outside the repository: what the plugin
 * does not declare cannot be found there.
 */
export class FreshStore {
  /**
   * @param options.medusa version of Medusa's packages
   * @param options.tarball the packed plugin
   * @param options.logs folder of the logs, outside the store
   * @param options.node the Node that runs the store
   */
  constructor({ medusa, tarball, logs, node = process.execPath }) {
    this.medusa = medusa
    this.tarball = tarball
    this.logs = logs
    this.node = node
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "privacy-store-"))
  }

  /** Writes the store's files and runs `npm install`. */
  async install() {
    this.write("package.json", {
      name: "fresh-store",
      version: "0.0.1",
      private: true,
      dependencies: {
        ...Object.fromEntries(MEDUSA_PACKAGES.map((name) => [`@medusajs/${name}`, this.medusa])),
        [PLUGIN_NAME]: `file:${this.tarball}`,
      },
      devDependencies: STORE_PACKAGES,
    })
    this.write("tsconfig.json", TSCONFIG)
    this.configure()
    await npm(["install", "--prefer-offline"], { what: `npm install of the store on Medusa ${this.medusa}`, cwd: this.folder, log: this.log("install") })
  }

  /** Writes medusa-config.ts. */
  configure({ plugin = true, admin = true, projectConfig = {} } = {}) {
    this.write("medusa-config.ts", configuration({ plugin, admin, projectConfig }))
  }

  /** Takes the plugin out of the configuration and of the packages. */
  async uninstallPlugin() {
    this.configure({ plugin: false })
    await npm(["uninstall", PLUGIN_NAME], { what: "npm uninstall of the plugin", cwd: this.folder, log: this.log("uninstall") })
  }

  async build() {
    await this.medusaCommand(["build"], { what: "medusa build", log: "build" })
  }

  async migrate({ databaseUrl, log = "migrate" }) {
    await this.medusaCommand(["db:migrate", "--execute-safe-links"], { what: "medusa db:migrate", databaseUrl, log })
    return fs.readFileSync(this.log(log), "utf8")
  }

  async createOwner({ databaseUrl }) {
    await this.medusaCommand(["user", "--email", OWNER.email, "--password", OWNER.password], { what: "medusa user", databaseUrl, log: "user" })
  }

  async verifyAudit({ databaseUrl, log = "verify-audit" }) {
    const script = `./node_modules/${PLUGIN_NAME}/.medusa/server/src/scripts/verify-audit.js`
    await this.medusaCommand(["exec", script], { what: "medusa exec verify-audit.js", databaseUrl, log })
  }

  /** Runs a command of Medusa's CLI to its end. */
  async medusaCommand(args, { what, databaseUrl = "postgres://localhost/none", log }) {
    await runToEnd(this.node, [this.cli, ...args], { what, cwd: this.folder, env: this.environment(databaseUrl), log: this.log(log) })
  }

  /**
   * `medusa start`, in production mode.
   *
   * @param options.built runs what `medusa build` made, with the admin; else the store's own folder
   */
  async start({ databaseUrl, built = true, log = "start", within = 240_000 }) {
    const port = await freePort()
    const url = `http://localhost:${port}`
    const file = this.log(log)
    const server = startProcess(this.node, [this.cli, "start", "--port", String(port)], {
      cwd: built ? path.join(this.folder, ".medusa/server") : this.folder,
      env: { ...this.environment(databaseUrl), NODE_ENV: "production" },
      log: file,
    })
    let ended
    server.ended.then((result) => (ended = result))
    const until = Date.now() + within
    while (!(await isHealthy(url))) {
      if (ended || Date.now() > until) {
        const reason = ended ? `ended (${ended.signal ?? `exit code ${ended.code}`})` : `did not answer within ${within / 1000} seconds`
        await stopProcess(server)
        throw new PlainError(`medusa start ${reason}. Log: ${shown(file)}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return { url, log: file, stop: async () => await stopProcess(server) }
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true })
  }

  get cli() {
    return path.join(this.folder, "node_modules/@medusajs/cli/cli.js")
  }

  environment(databaseUrl) {
    return { DATABASE_URL: databaseUrl, PRIVACY_PEPPER: PEPPER, MEDUSA_DISABLE_TELEMETRY: "true", NODE_OPTIONS: "", NODE_ENV: "production" }
  }

  log(name) {
    return path.join(this.logs, `${name}.log`)
  }

  write(name, content) {
    fs.writeFileSync(path.join(this.folder, name), typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`)
  }
}

async function isHealthy(url) {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

async function npm(args, { what, cwd, log }) {
  const windows = process.platform === "win32"
  await runToEnd(windows ? "npm.cmd" : "npm", [...args, "--no-audit", "--no-fund"], { what, cwd, log, shell: windows })
}
