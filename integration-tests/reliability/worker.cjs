/**
 * A worker process for fault tests: the built privacy module with its job engine on a database, without the rest of a store, so that it
 * can be killed and started again many times a minute. What it tells the event bus goes, one line each, into a file; its file storage is a
 * folder beside that.
 *
 * Usage: node worker.cjs <database url> <file of events> [options as JSON]
 */
const days = Number(process.env.CLOCK_OFF_BY_DAYS ?? 0)
if (days) {
  // A machine whose clock is wrong: every date this process makes is off.
  const Real = Date
  const shift = days * 24 * 3600 * 1000
  globalThis.Date = class extends Real {
    constructor(...args) {
      super(...(args.length ? args : [Real.now() + shift]))
    }
    static now() {
      return Real.now() + shift
    }
  }
}

const fs = require("node:fs")
const path = require("node:path")
const { container } = require("@medusajs/framework")
const { asValue } = require("@medusajs/framework/awilix")
const { LocalFileService } = require("@medusajs/file-local/dist/services/local-file")
const { knex } = require("@medusajs/framework/mikro-orm/knex")

const [databaseUrl, events, options = "{}"] = process.argv.slice(2)
const built = (file) => require(path.resolve(__dirname, "../../.medusa/server/src/modules/privacy", file))
const { default: PrivacyModuleService } = built("service.js")
const { DESTINATIONS, loadDestinations } = built("destinations/registry.js")
const { parseOptions } = built("options.js")

const folder = `${events}.files`
const storage = new LocalFileService({}, { upload_dir: folder, private_upload_dir: folder, backend_url: "http://localhost/static" })

const connection = knex({ client: "pg", connection: databaseUrl, pool: { min: 0, max: 6 } })
container.register({
  __pg_connection__: asValue(connection),
  event_bus: asValue({ emit: async (told) => told.forEach(({ data }) => fs.appendFileSync(events, `${JSON.stringify(data)}\n`)) }),
  file: asValue({
    getUploadStream: (file) => storage.getUploadStream(file),
    getDownloadStream: (fileKey) => storage.getDownloadStream({ fileKey }),
    deleteFiles: (keys) => storage.delete(keys.map((fileKey) => ({ fileKey }))),
  }),
  notification: asValue({ createNotifications: async () => {} }),
})

const logger = Object.fromEntries(["info", "warn", "error", "debug"].map((level) => [level, (message) => console.log(level, message)]))
let service

process.on("SIGTERM", async () => {
  await service?.__hooks.onApplicationPrepareShutdown()
  await connection.destroy()
  process.exit(0)
})

async function start() {
  const parsed = JSON.parse(options)
  // As the module's loader does it in a store.
  await loadDestinations(container, parseOptions(parsed, { production: false }))
  service = new PrivacyModuleService(
    { __pg_connection__: connection, logger, configModule: { projectConfig: { workerMode: "worker" } }, [DESTINATIONS]: container.resolve(DESTINATIONS) },
    parsed
  )
  await service.__hooks.onApplicationStart()
  process.send?.("ready")
}

start().catch((error) => {
  console.error(error)
  process.exit(1)
})
