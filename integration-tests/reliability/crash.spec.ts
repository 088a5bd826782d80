import fs from "node:fs"
import { newCustomer, type Customer } from "../support/customers"
import { fingerprint } from "../support/fingerprint"
import { ok } from "../support/http"
import { delivered, finished } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

let store: TestStore

beforeAll(async () => {
  store = await startTestStore({ name: "crash" })
})

afterAll(() => store?.stop())

/** Makes an update of a table take so long that a process can be killed in the middle of it. */
async function slowDown(table: string, when = ""): Promise<() => Promise<void>> {
  await store.database.rows(`CREATE OR REPLACE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$`)
  await store.database.rows(`CREATE TRIGGER dawdle BEFORE UPDATE ON ${table} FOR EACH ROW ${when} EXECUTE FUNCTION dawdle()`)
  return async () => {
    // The server notices that its client is gone only when it has something to say to it.
    await store.database.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
    await until(async () => !(await asleep()))
    await store.database.rows(`DROP TRIGGER dawdle ON ${table}`)
  }
}

const asleep = async () => {
  const { count } = await store.database.row(
    "SELECT count(*)::int AS count FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
  )
  return count > 0
}

/** Kills the store without a warning and starts another on the same database. */
async function crash(repair: () => Promise<void>) {
  store.kill("SIGKILL")
  await repair()
  const { databaseUrl, log } = store
  await store.stop()
  store = await startTestStore({ name: "crash", databaseUrl })
  return log
}

const file = async ({ id, email }: Customer) => (await ok(store.officer.post(`/admin/customers/${id}/anonymize`, { email }))).privacy_request

const chain = async () => (await ok(store.officer.get("/admin/privacy-audit/verify"))).chain

describe("a store that is killed", () => {
  it("in the middle of an erasure leaves nothing half done, and the next one completes it, once", async () => {
    const customer = await newCustomer(store)
    await ok(store.officer.post(`/admin/customers/${customer.id}/addresses`, { first_name: "Carla", last_name: "Canary", address_1: "Street 1", country_code: "de" }))
    const before = await fingerprint(store.database)
    const repair = await slowDown("customer_address")
    const { id } = await file(customer)
    await until(asleep)

    await crash(async () => {
      await repair()
      const after = await fingerprint(store.database)
      for (const table of ["customer", "customer_address", "order", "cart", "notification", "provider_identity", "auth_identity"]) {
        expect([table, after[table]]).toEqual([table, before[table]])
      }
      expect(await store.database.row("SELECT status FROM privacy_subject WHERE request_id = $1", [id])).toEqual({ status: "pending" })
    })

    expect(await finished(store, id)).toMatchObject({ status: "complete", totals: { complete: 1 } })
    expect(await store.database.row("SELECT address_1 FROM customer_address WHERE customer_id = $1", [customer.id])).toEqual({ address_1: "[erased]" })
    expect(await store.database.rows("SELECT 1 FROM privacy_ledger_entry WHERE customer_id = $1", [customer.id])).toHaveLength(1)
    expect(
      await store.database.rows("SELECT action FROM privacy_audit_entry WHERE request_id = $1 ORDER BY created_at", [id])
    ).toEqual(["erasure.requested", "request.started", "erasure.completed", "request.completed"].map((action) => ({ action })))
    await delivered(store, id)
    expect(await chain()).toMatchObject({ valid: true })
  })

  it("between telling and noting that it was told tells again, under the same delivery id", async () => {
    const customer = await newCustomer(store)
    const repair = await slowDown("privacy_delivery", "WHEN (NEW.status <> OLD.status)")
    const { id } = await file(customer)
    await until(asleep)
    const told = (log: string) =>
      fs
        .readFileSync(log, "utf8")
        .split("\n")
        .filter((line) => line.includes("Erased, forget elsewhere too: ") && line.includes(customer.id))
        .map((line) => /prvdel_\w+/.exec(line)?.[0])
    await until(async () => told(store.log).length > 0)

    const earlier = await crash(repair)
    await delivered(store, id)
    await until(async () => told(store.log).length > 0)

    expect(new Set([...told(earlier), ...told(store.log)]).size).toBe(1)
    expect(await store.database.rows("SELECT 1 FROM privacy_ledger_entry WHERE customer_id = $1", [customer.id])).toHaveLength(1)
    expect(await chain()).toMatchObject({ valid: true })
  })

  it("after the answer to the click and before any work loses nothing", async () => {
    const customer = await newCustomer(store)
    await store.database.rows("BEGIN")
    await store.database.rows("SELECT 1 FROM customer WHERE id = $1 FOR UPDATE", [customer.id])
    const { id } = await file(customer)

    await crash(async () => {
      await store.database.rows("COMMIT")
    })

    expect(await finished(store, id, 90_000)).toMatchObject({ status: "complete", totals: { complete: 1 } })
    expect(await store.database.rows("SELECT 1 FROM privacy_ledger_entry WHERE customer_id = $1", [customer.id])).toHaveLength(1)
  })
})
