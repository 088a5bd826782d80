import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import fs from "node:fs"
import path from "node:path"

import { FreshStore, packPlugin } from "../lib/fresh-store.mjs"
import { PLUGIN_NAME, ROOT } from "../lib/paths.mjs"
import { startPostgres } from "../lib/postgres.mjs"
import { StoreClient } from "../lib/store-client.mjs"
import { checkFiles, checkLinks, checkPlaces } from "../lib/tarball.mjs"
import { anonymizeInBrowser } from "./browser.mjs"
import { checkAfterUpgrade, idsOfTables, loadFixture } from "./upgrade.mjs"
import { checkNothingIsLeft, writeUninstallSql } from "./uninstall.mjs"

/** Packs the plugin and tries it in a store on the locked version of Medusa and in one on the newest of the same minor. */
export async function testPackage({ step, folder, logs }) {
  const { tarball, files } = await step("Packing", () => packPlugin({ folder, log: path.join(logs, "pack.log") }))
  await step("What is in the package, and where its pages link to", () => {
    execFileSync("tar", ["-xzf", tarball, "-C", folder])
    const unpacked = path.join(folder, "package")
    checkFiles(files)
    checkPlaces(unpacked, files)
    checkLinks(unpacked, files)
  })
  const postgres = await step("Starting Postgres", () =>
    startPostgres({ directory: path.join(logs, "postgres"), log: path.join(logs, "postgres.log"), durable: false }))
  const [newest, ...older] = versions()
  await testStore({ step, postgres, tarball, medusa: newest, uninstall: true, logs: path.join(logs, newest) })
  for (const medusa of older) {
    await testStore({ step, postgres, tarball, medusa, logs: path.join(logs, medusa) })
  }
  await postgres.stop()
}

/** The newest release of the minor that the lock file has, and the locked one where it is another. */
function versions() {
  const locked = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")).devDependencies["@medusajs/medusa"]
  const minor = locked.split(".").slice(0, 2).join(".")
  const released = JSON.parse(execFileSync("npm", ["view", `@medusajs/medusa@~${minor}.0`, "version", "--json"], { encoding: "utf8" }))
  const newest = [released].flat().filter((version) => !version.includes("-")).sort((a, b) => a.split(".")[2] - b.split(".")[2]).at(-1)
  return [...new Set([newest, locked])]
}

/** @param options.uninstall takes the plugin out again: a build of the admin more, which one version of Medusa is enough for */
async function testStore({ step, postgres, tarball, medusa, uninstall = false, logs }) {
  fs.mkdirSync(logs, { recursive: true })
  const store = new FreshStore({ medusa, tarball, logs })
  const on = (what) => `Medusa ${medusa}: ${what}`
  const database = (name) => `${name}_${medusa.replaceAll(".", "_")}`
  const query = (name) => (text, values) => postgres.query(database(name), text, values)
  try {
    await step(on("npm install of the store and the package"), () => store.install())
    const installed = fs.realpathSync(path.join(store.folder, "node_modules", PLUGIN_NAME))
    assert(!installed.startsWith(ROOT), "the plugin in the store is a link into the repository")

    store.configure({ plugin: false })
    const bare = await postgres.createDatabase(database("bare"))
    await step(on("a store without the plugin migrates"), () => store.migrate({ databaseUrl: bare, log: "migrate-bare" }))
    await store.createOwner({ databaseUrl: bare })

    store.configure()
    const fresh = await postgres.createDatabase(database("fresh"), { template: database("bare") })
    await step(on("the plugin's migrations"), () => store.migrate({ databaseUrl: fresh }))
    await step(on("the same again, which changes nothing"), async () => {
      const before = await schemaOf(query("fresh"))
      await store.migrate({ databaseUrl: fresh, log: "migrate-again" })
      assert.deepEqual(await schemaOf(query("fresh")), before, "a second db:migrate changed the database")
    })
    await step(on("medusa build, with the admin"), () => store.build())
    await step(on("medusa start; a customer is anonymised in a browser"), () => tryInBrowser(store, fresh, query("fresh")), store.log("start"))

    const old = await postgres.createDatabase(database("old"), { template: database("bare") })
    const ids = await step(on("tables of an earlier commit are loaded and brought up"), async () => {
      await loadFixture(query("old"))
      const ids = await idsOfTables(query("old"))
      await store.migrate({ databaseUrl: old, log: "migrate-old" })
      return ids
    })
    await step(on("every row is there, the audit chain holds, the API lists the requests"), () => checkAfterUpgrade({ store, databaseUrl: old, query: query("old"), ids }), store.log("start-old"))

    if (uninstall) {
      await takeOut({ step, on, store, databaseUrl: fresh, query: query("fresh"), bare: query("bare") })
    }
  } finally {
    store.remove()
  }
}

async function takeOut({ step, on, store, databaseUrl, query, bare }) {
  const sql = await step(on("the plugin is taken out; the store migrates, builds and starts"), async () => {
    const sql = await writeUninstallSql(store)
    await store.uninstallPlugin()
    assert(!fs.existsSync(path.join(store.folder, "node_modules", PLUGIN_NAME)), "npm uninstall left the package")
    await store.migrate({ databaseUrl, log: "migrate-without" })
    await store.build()
    await tryWithout(store, databaseUrl, "start-without")
    return sql
  }, store.log("start-without"))
  await step(on("what remains is dropped as docs/operating.md says; the store starts"), async () => {
    await query(sql)
    await checkNothingIsLeft(query, bare)
    await tryWithout(store, databaseUrl, "start-dropped")
  }, store.log("start-dropped"))
}

/** Everything a migration could change: tables, columns, indexes, constraints, notes of migrations. */
async function schemaOf(query) {
  return {
    columns: await query("SELECT table_schema, table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2, 3"),
    indexes: await query("SELECT schemaname, indexname, indexdef FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"),
    constraints: await query("SELECT conrelid::regclass::text AS name, conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint ORDER BY 1, 2, 3"),
    migrations: await query("SELECT name FROM mikro_orm_migrations ORDER BY id"),
  }
}

async function tryInBrowser(store, databaseUrl, query) {
  const server = await store.start({ databaseUrl })
  try {
    const client = await StoreClient.login(server.url)
    const { data_map: map } = await client.get("/admin/privacy-data-map")
    assert.deepEqual(map.coverage.unclassified, [], "columns of a fresh store are not classified")
    const customer = await client.newCustomer("carla.canary@shop.example")
    const bystander = await client.newCustomer("somebody.else@shop.example", { first_name: "Other" })
    await anonymizeInBrowser({ url: server.url, customer, pictures: store.logs })
    const [erased] = await query("SELECT to_jsonb(c)::text AS row FROM customer AS c WHERE id = $1", [customer.id])
    assert.doesNotMatch(erased.row, /carla|canary|0199/i, "the customer's row still names the customer")
    const [other] = await query("SELECT email, first_name FROM customer WHERE id = $1", [bystander.id])
    assert.deepEqual(other, { email: "somebody.else@shop.example", first_name: "Other" })
  } finally {
    await server.stop()
  }
  await store.verifyAudit({ databaseUrl })
}

/** The store without the plugin starts and answers; an erased customer is no longer listed, as before. */
async function tryWithout(store, databaseUrl, log) {
  const server = await store.start({ databaseUrl, log })
  try {
    const client = await StoreClient.login(server.url)
    const { customers } = await client.get("/admin/customers")
    assert.deepEqual(customers.map(({ email }) => email), ["somebody.else@shop.example"], "the store lists other customers than before")
    await assert.rejects(client.get("/admin/privacy-data-map"), /404/)
  } finally {
    await server.stop()
  }
}
