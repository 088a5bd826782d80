import { knex } from "@medusajs/framework/mikro-orm/knex"
import { SYSTEM } from "../../src/modules/privacy/audit/record"
import { changeState } from "../../src/modules/privacy/requests/change-state"
import { runRequest } from "../../src/modules/privacy/requests/run-request"
import { Database } from "../support/database"
import { FaultStore, FULL, pause, say, SEED } from "./fault-store"
import { randomFrom } from "./workers"

const ROUNDS = FULL ? 100 : 15

jest.setTimeout(FULL ? 1_800_000 : 240_000)

let store: FaultStore

beforeAll(async () => {
  store = await FaultStore.open("contention")
})

afterAll(() => store?.close())

const nobody = async () => {}

const run = (id: string, connection = store.engine.connection) =>
  runRequest(connection, store.engine.environment, id, { error: (line: string) => store.engine.logged.push(line) } as never, { help: nobody, stopping: () => false })

const change = (id: string, action: "stop" | "resume") => store.engine.transaction((session) => changeState(session, id, action, SYSTEM))

it(`stopped in the middle and resumed, ${ROUNDS} times: the counts are exact`, async () => {
  const random = randomFrom(SEED)
  const subjects = ROUNDS * (FULL ? 40 : 12)
  const id = await store.fileMany(subjects)
  let stops = 0
  let before = 0
  for (; stops < ROUNDS; stops += 1) {
    const running = run(id)
    await pause(random() * 60)
    if (await store.isComplete(id)) {
      break
    }
    const stopped = await change(id, "stop").then(
      () => true,
      () => false
    )
    await running
    if (!stopped) {
      break
    }
    const done = await store.count("privacy_subject WHERE request_id = $1 AND status = 'complete'", [id])
    expect(done).toBeGreaterThanOrEqual(before)
    expect(await store.count("privacy_ledger_entry WHERE request_id = $1", [id])).toBe(done)
    expect(await store.torn(id)).toBe(0)
    before = done
    await change(id, "resume")
  }
  await run(id)
  say(`seed ${SEED}: ${stops} stops over ${subjects} subjects`)
  expect(stops).toBeGreaterThan(ROUNDS / 3)
  await store.expectErasedOnce(id, subjects)
})

it("fifty runners claim one subject: one of them erases it", async () => {
  const [customer] = await store.makeCustomers(1)
  const id = await store.fileFor([customer])
  const connection = knex({ client: "pg", connection: store.url, pool: { min: 0, max: 50 } })
  await Promise.all(Array.from({ length: 50 }, () => run(id, connection)))
  await connection.destroy()
  await store.expectErasedOnce(id, 1)
})

it("a serialisation failure is tried again, not parked", async () => {
  const id = await store.fileMany(10)
  const { database } = store.engine
  await database.rows("CREATE SEQUENCE hiccups")
  await database.rows(
    `CREATE FUNCTION hiccup() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF nextval('hiccups') <= 3 THEN RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001'; END IF; RETURN NEW; END $$`
  )
  await database.rows("CREATE TRIGGER hiccup BEFORE UPDATE ON customer_address FOR EACH STATEMENT EXECUTE FUNCTION hiccup()")
  await run(id)
  await database.rows("DROP TRIGGER hiccup ON customer_address")
  expect(Number((await database.row("SELECT last_value FROM hiccups")).last_value)).toBeGreaterThan(3)
  await store.expectErasedOnce(id, 10)
})

it("a deadlock with the shop is tried again, not parked", async () => {
  const customers = await store.makeCustomers(10)
  const id = await store.fileFor(customers)
  const shop = await Database.connect(store.url)
  const { database } = store.engine
  const { deadlocks: before } = await database.row("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
  // The shop holds a mail and wants the customer; the erasure holds the customer and wants the mail.
  await shop.rows("BEGIN")
  await shop.rows(`UPDATE notification SET updated_at = now() WHERE receiver_id = $1`, [customers[0]])
  const running = run(id)
  await untilWaiting()
  const wants = shop.rows("UPDATE customer SET updated_at = now() WHERE id = $1", [customers[0]]).then(
    () => shop.rows("COMMIT"),
    () => shop.rows("ROLLBACK")
  )
  await Promise.all([running, wants])
  await shop.close()
  await store.expectErasedOnce(id, 10)
  await database.rows("SELECT pg_stat_force_next_flush()")
  const { deadlocks } = await database.row("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
  expect(Number(deadlocks)).toBeGreaterThan(Number(before))

  async function untilWaiting() {
    for (;;) {
      if (await store.count("pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()", [])) {
        return
      }
      await pause(20)
    }
  }
})

it("the audit chain verifies after all of it", () => store.expectChain())
