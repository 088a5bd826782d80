import fs from "node:fs"

import { runCore } from "./core.mjs"
import { query } from "./parts.mjs"

const DATABASE = "store"

/** Migrates a database of the cell, starts the store on it and runs the core checks. */
export async function runCell({ cell, parts, store, logs }) {
  fs.mkdirSync(logs, { recursive: true })
  Object.assign(store, { logs, node: cell.node === process.versions.node.split(".")[0] ? process.execPath : await parts.node(cell.node) })
  const postgres = await parts.startPostgres({ cell: cell.name, version: cell.postgres, locale: cell.locale })
  const direct = postgres.url(DATABASE)
  await query(postgres.url("postgres"), `CREATE DATABASE ${DATABASE}`)
  const pooler = cell.pooled ? await parts.startPgbouncer({ cell: cell.name, port: postgres.port, database: DATABASE }) : undefined
  const databaseUrl = pooler?.url ?? direct
  if (cell.schema) {
    await query(direct, `CREATE SCHEMA "${cell.schema}"`)
  }
  // The admin is tried by the package test; building it takes a minute.
  store.configure({ admin: false, projectConfig: cell.schema ? { databaseSchema: cell.schema } : {} })
  await store.migrate({ databaseUrl })
  await store.createOwner({ databaseUrl })
  const server = await store.start({ databaseUrl, built: false })
  await runCore({ url: server.url, query: (text, values) => query(direct, text, values, cell) })
  await server.stop()
  await store.verifyAudit({ databaseUrl })
  await pooler?.stop()
  await postgres.stop()
}
