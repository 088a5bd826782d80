import assert from "node:assert/strict"
import fs from "node:fs"
import path from "node:path"

import { runToEnd } from "../lib/child-process.mjs"
import { ROOT } from "../lib/paths.mjs"

const PAGE = path.join(ROOT, "docs/operating.md")

/**
 * Runs the command that docs/operating.md gives under "Uninstall", in the store's folder; it must be done before the package goes.
 *
 * @returns the SQL that it wrote
 */
export async function writeUninstallSql(store) {
  const [, section] = `${fs.readFileSync(PAGE, "utf8")}\n## `.match(/^## Uninstall$([^]*?)^## /m) ?? []
  const [, command, file] = section?.match(/^ *(node \S+uninstall-sql\.js > (\S+))$/m) ?? []
  assert(command, "docs/operating.md names no command under \"Uninstall\"")
  await runToEnd("sh", ["-c", command], { what: command, cwd: store.folder, log: store.log("uninstall-sql") })
  return fs.readFileSync(path.join(store.folder, file), "utf8")
}

/** What a database holds by name: relations, functions, types, schemas, notes of migrations. */
const OBJECTS = `
  SELECT 'relation ' || oid::regclass::text AS name FROM pg_class WHERE relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
  UNION ALL SELECT 'function ' || oid::regprocedure::text FROM pg_proc WHERE pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  UNION ALL SELECT 'type ' || oid::regtype::text FROM pg_type WHERE typtype IN ('e', 'd') AND typnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'
  UNION ALL SELECT 'migration ' || name FROM mikro_orm_migrations
  ORDER BY 1`

/** Afterwards the database holds exactly what a store has that never had the plugin. */
export async function checkNothingIsLeft(query, bare) {
  const names = async (ask) => (await ask(OBJECTS)).map(({ name }) => name)
  const before = new Set(await names(bare))
  assert.deepEqual((await names(query)).filter((name) => !before.has(name)), [], "something of the plugin is left")
}
