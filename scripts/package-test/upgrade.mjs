import assert from "node:assert/strict"
import fs from "node:fs"
import path from "node:path"

import { ROOT } from "../lib/paths.mjs"
import { StoreClient, until } from "../lib/store-client.mjs"

const FIXTURE = path.join(ROOT, "integration-tests/upgrade/tables-0dbe50c.sql")

/** Puts the plugin's tables, as they were at an earlier commit, with rows, into a store that does not have the plugin yet. */
export async function loadFixture(query) {
  await query(fs.readFileSync(FIXTURE, "utf8"))
}

/** The ids of all rows of the plugin's tables: a table may be renamed by a later migration, a row keeps its id. */
export async function idsOfTables(query) {
  const tables = await query("SELECT quote_ident(relname) AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE 'privacy\\_%'")
  const ids = []
  for (const { name } of tables) {
    ids.push(...(await query(`SELECT to_jsonb(t) ->> 'id' AS id FROM ${name} AS t`)).map(({ id }) => id))
  }
  return ids.filter(Boolean).sort()
}

export async function checkAfterUpgrade({ store, databaseUrl, query, ids }) {
  const after = new Set(await idsOfTables(query))
  assert.deepEqual(ids.filter((id) => !after.has(id)), [], "rows are missing after the migration")
  const requests = await query("SELECT id, reference, status FROM privacy_request ORDER BY id")
  const subjects = await query("SELECT status, count(*)::int AS count FROM privacy_subject GROUP BY status")
  assert(requests.length >= 6 && subjects.find(({ status }) => status === "held").count >= 2, "the fixture lacks requests or held subjects")

  await store.verifyAudit({ databaseUrl, log: "verify-audit-old" })
  const server = await store.start({ databaseUrl, log: "start-old" })
  try {
    const client = await StoreClient.login(server.url)
    const listed = (await client.get("/admin/privacy-requests?limit=100")).privacy_requests
    const facts = (list) => list.map(({ id, reference, status }) => ({ id, reference, status })).sort((a, b) => (a.id < b.id ? -1 : 1))
    assert.deepEqual(facts(listed), facts(requests), "the API lists other requests than the fixture has")
    for (const { id } of requests) {
      const { totals } = (await client.get(`/admin/privacy-requests/${id}`)).privacy_request
      const [{ count }] = await query("SELECT count(*)::int AS count FROM privacy_subject WHERE request_id = $1", [id])
      assert.equal(totals.subjects, count, `request ${id} shows another number of subjects than it has`)
      await client.get(`/admin/privacy-requests/${id}/subjects`)
    }
    // New work beside the old rows, and a chain that goes on where the old one ended.
    const customer = await client.newCustomer("after.upgrade@shop.example")
    assert.equal((await client.erase(customer)).status, "complete")
    await until("the new entries of the audit log are linked", async () => {
      const [{ count }] = await query("SELECT count(*)::int AS count FROM privacy_audit_entry WHERE position IS NULL")
      return count === 0
    })
  } finally {
    await server.stop()
  }
  await store.verifyAudit({ databaseUrl, log: "verify-audit-upgraded" })
}
