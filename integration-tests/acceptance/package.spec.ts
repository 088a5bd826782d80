import { execFileSync } from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import { Http, ok } from "../support/http"
import { createDatabase } from "../support/test-store"
import { until } from "../support/until"

const ROOT = path.resolve(__dirname, "../..")
const ADMIN = { email: "owner@shop.example", password: "the owner's password" }

/** The configuration of the README, in a shop without anything else. */
const CONFIG = `const { defineConfig } = require("@medusajs/framework/utils")

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: { storeCors: "", adminCors: "", authCors: "", jwtSecret: "a secret", cookieSecret: "another secret" },
  },
  // Building it takes a minute and proves nothing here.
  admin: { disable: true },
  plugins: [
    {
      resolve: "medusa-plugin-privacy",
      options: {
        pepper: process.env.PRIVACY_PEPPER,
        officers: [{ user: "${ADMIN.email}", permissions: ["all"] }],
      },
    },
  ],
})
`

let project: string
let files: string[]

beforeAll(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), "privacy-shop-"))
  // The global setup has built the plugin; outside of tests the script prepack does.
  const [packed] = JSON.parse(
    execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", project], { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
  )
  files = packed.files.map((file: { path: string }) => file.path)
  makeProject(path.join(project, packed.filename))
})

afterAll(() => fs.rmSync(project, { recursive: true, force: true }))

/** A shop with the packed plugin, and every other package linked from here: an installation in no time. */
function makeProject(tarball: string) {
  fs.writeFileSync(
    path.join(project, "package.json"),
    JSON.stringify({ name: "shop", private: true, dependencies: { "@medusajs/medusa": "*", "medusa-plugin-privacy": "*" } })
  )
  fs.writeFileSync(path.join(project, "medusa-config.js"), CONFIG)
  const installed = path.join(ROOT, "node_modules")
  const modules = path.join(project, "node_modules")
  fs.mkdirSync(modules)
  for (const name of fs.readdirSync(installed)) {
    if (!name.startsWith(".") && name !== "medusa-plugin-privacy") {
      fs.symlinkSync(path.join(installed, name), path.join(modules, name), "junction")
    }
  }
  execFileSync("tar", ["-xzf", tarball, "-C", modules])
  fs.renameSync(path.join(modules, "package"), path.join(modules, "medusa-plugin-privacy"))
}

const environment = (databaseUrl: string) => ({
  ...process.env,
  // As in a real shop, where the pepper must not be missing.
  NODE_ENV: "production",
  NODE_OPTIONS: "",
  DATABASE_URL: databaseUrl,
  PRIVACY_PEPPER: "a pepper that only this shop knows, kept outside",
  MEDUSA_DISABLE_TELEMETRY: "true",
})

/** Targets of a page's relative links, without anchors. */
const linksOf = (page: string) =>
  [...page.replace(/`[^`\n]*`/g, "").matchAll(/\]\(([^)\s]+)/g)].map(([, link]) => link.split("#")[0]).filter((link) => link && !/^[a-z]+:/i.test(link))

const CLI = path.join(ROOT, "node_modules/@medusajs/cli/cli.js")

function medusa(args: string[], env: NodeJS.ProcessEnv) {
  execFileSync(process.execPath, [CLI, ...args], { cwd: project, env, stdio: ["ignore", "pipe", "pipe"] })
}

describe("the package", () => {
  it("is built before it is packed", () => {
    const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8"))
    expect(scripts.prepack).toContain("plugin:build")
  })

  it("holds what a shop needs", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "package.json", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", "docs/operating.md",
        ".medusa/server/src/modules/privacy/index.js",
        ".medusa/server/src/modules/privacy/migrations/Migration20261122053653.js",
        ".medusa/server/src/api/middlewares.js",
        ".medusa/server/src/workflows/index.js", ".medusa/server/src/workflows/index.d.ts",
        ".medusa/server/src/scripts/verify-audit.js", ".medusa/server/src/scripts/privacy-bind-officers.js",
        ".medusa/server/src/admin/index.js", ".medusa/server/src/admin/index.mjs",
      ])
    )
  })

  it("holds nothing else: no tests, no demo, no benchmarks, no sources", () => {
    expect(files.filter((file) => /(^|\/)(__tests__|integration-tests|demo|benchmarks(?!\/RESULTS\.md$)|scripts\/lib|node_modules)\/|\.spec\.|^src\/|\.stamp$|\.log$/.test(file))).toEqual([])
    expect(files.filter((file) => !/^(\.medusa\/server\/src\/|docs\/|benchmarks\/RESULTS\.md$|[A-Z]+\.md$|package\.json$|LICENSE$)/.test(file))).toEqual([])
  })

  it("holds every file that its pages link to", () => {
    const plugin = path.join(project, "node_modules/medusa-plugin-privacy")
    const broken = files
      .filter((file) => file.endsWith(".md"))
      .flatMap((file) => linksOf(fs.readFileSync(path.join(plugin, file), "utf8")).map((link) => path.join(path.dirname(file), link)))
      .filter((target) => !fs.existsSync(path.join(plugin, target)))
    expect(broken).toEqual([])
  })

  it("names no place on the machine it was packed on", () => {
    const plugin = path.join(project, "node_modules/medusa-plugin-privacy")
    const naming = files.filter((file) => /\.(js|mjs|ts|json|md)$/.test(file) && fs.readFileSync(path.join(plugin, file), "utf8").includes(ROOT))
    expect(naming).toEqual([])
  })

  it("migrates, starts and erases in a fresh shop with nothing but a pepper and an officer", async () => {
    const env = environment(await createDatabase("store_package"))
    medusa(["db:migrate", "--execute-safe-links", "--execute-safe-search"], env)
    medusa(["user", "--email", ADMIN.email, "--password", ADMIN.password], env)
    const { startProcess, stopProcess } = await import("../../scripts/lib/child-process.mjs" as string)
    const { freePort } = await import("../../scripts/lib/ports.mjs" as string)
    const port = await freePort()
    const log = path.resolve(".test/store-package.log")
    const shop = startProcess(process.execPath, [CLI, "start", "--port", String(port)], { cwd: project, env, log })
    try {
      const anonymous = new Http(`http://localhost:${port}`)
      await until(async () => anonymous.get("/health").then(({ status }) => status === 200, () => false), 90_000)
      const { token } = await ok(anonymous.post("/auth/user/emailpass", ADMIN))
      const officer = anonymous.as(token)
      const { customer } = await ok(officer.post("/admin/customers", { email: "carla@shop.example", first_name: "Carla", last_name: "Canary" }))

      const { privacy_request } = await ok(officer.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email }))
      const read = async () => (await ok(officer.get(`/admin/privacy-requests/${privacy_request.id}`))).privacy_request
      await until(async () => !["pending", "in_progress"].includes((await read()).status))

      expect(await read()).toMatchObject({ status: "complete", totals: { complete: 1 } })
      const { data_map } = await ok(officer.get("/admin/privacy-data-map"))
      expect(data_map.coverage.unclassified).toEqual([])
      expect((await ok(officer.get(`/admin/customers/${customer.id}/privacy`))).customer_privacy).toMatchObject({ status: "erased" })
      expect((await ok(officer.get("/admin/customers?q=carla"))).customers).toEqual([])
      expect(fs.realpathSync(path.join(project, "node_modules/medusa-plugin-privacy"))).not.toContain(ROOT)
      expect(fs.readFileSync(log, "utf8")).toMatch(/Privacy data map: .*none left unclassified/)
    } finally {
      await stopProcess(shop)
    }
  })
})
