import fs from "node:fs"
import path from "node:path"
import { sweep } from "../../src/modules/privacy/sweep/sweep"
import { readRows } from "../acceptance/canary/rows"
import { rowsWith } from "../acceptance/canary/words"
import { makeCrowd } from "../support/crowd"
import { openEngine, type Engine } from "../support/engine"
import { fingerprint } from "../support/fingerprint"
import { erase } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

const waits = path.resolve(".test/erp-waits")
const calls = path.resolve(".test/erp-calls")

let store: TestStore
let engine: Engine

beforeAll(async () => {
  fs.rmSync(waits, { force: true })
  store = await startTestStore({
    name: "compensation",
    options: {
      // A record that is hidden, Medusa's compensation does not find any more.
      show_anonymized_customers: true,
      destinations: [{ resolve: path.resolve(__dirname, "../support/failing-erp.cjs"), id: "erp", options: { waits, calls } }],
    },
  })
  engine = await openEngine({ name: "compensation", databaseUrl: store.databaseUrl })
})

afterAll(async () => {
  fs.rmSync(waits, { force: true })
  await engine?.close()
  await store?.stop()
})

const waiting = () => (fs.existsSync(calls) ? fs.readFileSync(calls, "utf8").trim().split("\n").sort() : [])

async function look() {
  await engine.database.rows("UPDATE privacy_ledger_entry SET next_sweep_at = now() WHERE next_sweep_at IS NOT NULL")
  await sweep(engine.connection, engine.environment, { error: (line) => engine.logged.push(String(line)) })
}

it.each([
  ["anonymize", ["cart", "customer", "customer_address"]],
  // The record and its addresses are gone: there is nothing to write back to.
  ["delete", ["cart"]],
] as const)("what the compensation of Medusa's own workflows writes back is erased again (%s)", async (method, tables) => {
  const name = `comp${method}`
  const [customer] = await makeCrowd(store.database, 1, name)
  const [old, changed, email] = [`Old${name}`, `New${name}`, `${name}1@crowd.example`]
  const words = [old, changed, email]
  await store.database.rows("UPDATE customer SET last_name = $2 WHERE id = $1", [customer, old])
  await store.database.rows("UPDATE customer_address SET last_name = $2 WHERE customer_id = $1", [customer, old])
  await store.database.rows(
    `UPDATE cart SET metadata = jsonb_build_object('for', $2::text), region_id = (SELECT id FROM region LIMIT 1),
       sales_channel_id = (SELECT id FROM sales_channel WHERE deleted_at IS NULL LIMIT 1) WHERE id = $1`,
    [`cart_${name}_1`, old]
  )
  // Each of them has changed its record, has the old values in memory, and stands in its last step.
  fs.rmSync(calls, { force: true })
  fs.writeFileSync(waits, "")
  const running = [
    store.officer.post(`/admin/customers/${customer}`, { last_name: changed }),
    store.officer.post(`/admin/customers/${customer}/addresses/cuaddr_${name}_1`, { last_name: changed }),
    store.shop.post(`/store/carts/cart_${name}_1`, { metadata: { for: changed } }),
  ]
  await until(async () => waiting().length === 3)
  expect(waiting()).toEqual(["address", "cart", "customer"])

  const request = await erase(store, { id: customer, email }, { method })
  expect(request).toMatchObject({ status: "complete", totals: { complete: 1 } })
  expect(rowsWith(await readRows(store.database), words)).toEqual([])

  fs.rmSync(waits)
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual([500, 500, 500])
  const back = rowsWith(await readRows(store.database), words)
  expect(back.map((row) => row.split(/[. ]/)[1]).sort()).toEqual(tables)

  await look()
  expect(rowsWith(await readRows(store.database), words)).toEqual([])
  const swept = () => store.database.rows("SELECT customer_id, details FROM privacy_audit_entry WHERE request_id = $1 AND action = 'erasure.swept'", [request.id])
  expect(await swept()).toEqual([{ customer_id: customer, details: { tables } }])

  const before = await fingerprint(store.database)
  await look()
  expect(await fingerprint(store.database)).toEqual(before)
  expect(await swept()).toHaveLength(1)
  expect(engine.logged).toEqual([])
})
