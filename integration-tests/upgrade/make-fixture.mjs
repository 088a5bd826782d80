/**
 * Writes an SQL file of the plugin's own tables, filled by use: `node integration-tests/upgrade/make-fixture.mjs <name>`.
 *
 * The package test loads the file into a store without the plugin and brings it up to today's tables. It was run once, on the commit
 * that the file is named after; a later file beside it is for the tables of a later release.
 */
import { execFileSync } from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"

import { stopAllProcesses } from "../../scripts/lib/child-process.mjs"
import { FreshStore, packPlugin } from "../../scripts/lib/fresh-store.mjs"
import { ROOT } from "../../scripts/lib/paths.mjs"
import { buildPlugin } from "../../scripts/lib/plugin-build.mjs"
import { startPostgres } from "../../scripts/lib/postgres.mjs"
import { StoreClient } from "../../scripts/lib/store-client.mjs"
import { dumpTables } from "./dump-tables.mjs"

const LOGS = path.join(ROOT, ".test/fixture")
const name = process.argv[2] ?? execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT, encoding: "utf8" }).trim()
const migrations = fs.readdirSync(path.join(ROOT, "src/modules/privacy/migrations")).map((file) => path.parse(file).name)
const { devDependencies } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8"))

await buildPlugin({ log: path.join(LOGS, "plugin-build.log") })
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "privacy-fixture-"))
const { tarball } = await packPlugin({ folder, log: path.join(LOGS, "pack.log") })
const store = new FreshStore({ medusa: devDependencies["@medusajs/medusa"], tarball, logs: LOGS })
const postgres = await startPostgres({ directory: path.join(LOGS, "postgres"), log: path.join(LOGS, "postgres.log") })
try {
  await postgres.dropDatabase("fixture")
  const databaseUrl = await postgres.createDatabase("fixture")
  await store.install()
  store.configure({ admin: false })
  await store.migrate({ databaseUrl })
  await store.createOwner({ databaseUrl })
  const server = await store.start({ databaseUrl, built: false })
  await use(await StoreClient.login(server.url))
  await server.stop()
  const file = path.join(ROOT, "integration-tests/upgrade", `tables-${name}.sql`)
  fs.writeFileSync(file, await dumpTables((text, values) => postgres.query("fixture", text, values), migrations))
  console.log(`Written: ${path.relative(process.cwd(), file)}`)
} finally {
  await stopAllProcesses()
  store.remove()
  fs.rmSync(folder, { recursive: true, force: true })
}

/** A few months of a privacy officer in a minute: clicks and lists, erased, held, unknown; an export; a profile; a webhook. */
async function use(client) {
  const customers = []
  for (const letter of ["a", "b", "c", "d", "e", "f", "g"]) {
    customers.push(await client.newCustomer(`${letter}@fixture.example`, { first_name: `Name ${letter}` }))
  }
  const [a, b, c, d, e, f, g] = customers
  await client.post("/admin/privacy-webhooks", { url: "https://receiver.fixture.example/hooks", description: "Fixture", event_types: ["user.deleted"] })
  await client.post("/admin/privacy-profiles", { name: "Fixture profile", overrides: [{ category: "location", strategy: "keep" }] })
  await client.erase(a)
  await client.erase(b, { method: "delete" })
  await client.post(`/admin/customers/${c.id}/legal-hold`, { reason: "Dispute" })
  await client.post(`/admin/customers/${d.id}/legal-hold`, { reason: "Dispute" })
  await client.erase(c)
  await client.bulk({}, [d, e, f].map(({ email }) => email).concat("unknown@fixture.example"))
  const { privacy_request: access } = await client.post(`/admin/customers/${g.id}/extract`, { format: "json" })
  await client.finished(access.id)
  const { privacy_request: scheduled } = await client.post("/admin/privacy-requests", {
    type: "erasure",
    identifier_type: "email",
    identifiers: [g.email],
    confirm: 1,
    scheduled_for: "2099-01-01T00:00:00Z",
  })
  await client.post(`/admin/privacy-requests/${scheduled.id}/stop`, {})
  // The sealer links the entries of the log and the worker brings what must be told.
  await new Promise((resolve) => setTimeout(resolve, 20_000))
}
