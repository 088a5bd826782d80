import { Database } from "../support/database"
import { FAULT_OPTIONS, FaultStore, FULL, pause, say, SEED, until } from "./fault-store"
import { end, randomFrom, startWorker } from "./workers"

const SIZE = FULL ? { subjects: 5000, kills: 200, losses: 50 } : { subjects: 300, kills: 5, losses: 5 }

jest.setTimeout(FULL ? 3_600_000 : 240_000)

let store: FaultStore

beforeAll(async () => {
  store = await FaultStore.open("faults")
})

afterAll(() => store?.close())

const worker = (events: string) => startWorker(store.url, events, FAULT_OPTIONS)

it("kill -9 at random points: nothing lost, nothing doubled", async () => {
  say(`seed ${SEED}, ${SIZE.subjects} subjects a request, ${SIZE.kills} kills (repeat with FAULTS_SEED=${SEED})`)
  const random = randomFrom(SEED)
  const events = store.eventsFile("kill")
  const requests = [await store.fileMany(SIZE.subjects)]
  let running = requests[0]
  for (let kills = 0; kills < SIZE.kills; kills += 1) {
    if (await store.isComplete(running)) {
      running = await store.fileMany(SIZE.subjects)
      requests.push(running)
    }
    const victim = await worker(events)
    await pause(random() * 400)
    await end(victim, "SIGKILL")
  }
  const last = await worker(events)
  let repeated = 0
  for (const id of requests) {
    await store.untilDone(id)
    repeated += await store.expectExactly(id, SIZE.subjects, events)
  }
  await end(last, "SIGTERM")
  say(`${SIZE.kills} kills, 0 lost, 0 doubled over ${requests.length * SIZE.subjects} subjects; ${repeated} deliveries repeated under their key`)
})

it("three processes share one request", async () => {
  const events = store.eventsFile("share")
  const id = await store.fileMany(SIZE.subjects)
  const workers = await Promise.all([1, 2, 3].map(() => worker(events)))
  await store.untilDone(id)
  await Promise.all(workers.map((each) => end(each, "SIGTERM")))
  await store.expectExactly(id, SIZE.subjects, events)
})

it("connections break in the middle of the work: the workers come back", async () => {
  const events = store.eventsFile("lost")
  const id = await store.fileMany(SIZE.subjects)
  const survivor = await worker(events)
  const admin = await Database.connect(process.env.TEST_POSTGRES_URL as string)
  const { pid } = await store.engine.database.row("SELECT pg_backend_pid() AS pid")
  for (let round = 0; round < SIZE.losses; round += 1) {
    await pause(150)
    await admin.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'engine_faults' AND pid <> $1", [pid])
  }
  await admin.close()
  await store.untilDone(id, 180_000)
  expect(survivor.exitCode).toBeNull()
  await end(survivor, "SIGTERM")
  await store.expectExactly(id, SIZE.subjects, events)
})

it("SIGTERM lets running chunks come to their end", async () => {
  const events = store.eventsFile("term")
  const id = await store.fileMany(SIZE.subjects)
  const first = await worker(events)
  await until("work has begun", async () => (await store.count("privacy_subject WHERE request_id = $1 AND status = 'complete'", [id])) > 0)
  expect(await end(first, "SIGTERM")).toBe(0)
  expect(await store.torn(id)).toBe(0)
  const other = await worker(events)
  await store.untilDone(id)
  await end(other, "SIGTERM")
  await store.expectExactly(id, SIZE.subjects, events)
})

it("SIGTERM ends a large request between two chunks, and another worker completes it", async () => {
  const events = store.eventsFile("large")
  const subjects = 2000
  const id = await store.fileMany(subjects)
  const first = await worker(events)
  await until("work has begun", async () => (await store.count("privacy_subject WHERE request_id = $1 AND status = 'complete'", [id])) > 0)
  const told = performance.now()
  expect(await end(first, "SIGTERM")).toBe(0)
  say(`SIGTERM: the process ended after ${Math.round(performance.now() - told)} ms`)
  expect(performance.now() - told).toBeLessThan(15_000)
  const left = await store.count("privacy_subject WHERE request_id = $1 AND status = 'pending'", [id])
  expect(left).toBeGreaterThan(0)
  expect(await store.torn(id)).toBe(0)
  const other = await worker(events)
  await store.untilDone(id)
  await end(other, "SIGTERM")
  await store.expectExactly(id, subjects, events)
})

it("two requests race for the same subjects: one erasure each, both end", async () => {
  const events = store.eventsFile("race")
  const customers = await store.makeCustomers(40)
  const [one, two] = [await store.fileFor(customers), await store.fileFor(customers)]
  const workers = await Promise.all([worker(events), worker(events)])
  await store.untilDone(one)
  await store.untilDone(two)
  await Promise.all(workers.map((each) => end(each, "SIGTERM")))
  expect(await store.count("privacy_ledger_entry WHERE customer_id = ANY($1)", [customers])).toBe(40)
  expect(await store.count("privacy_delivery WHERE request_id IN ($1, $2) AND event = 'privacy.user_deleted'", [one, two])).toBe(40)
})

it("a worker whose clock is days off starts nothing early and leaves nothing lying", async () => {
  const events = store.eventsFile("clock")
  const tomorrow = await store.fileMany(5)
  await store.engine.database.rows("UPDATE privacy_request SET status = 'scheduled', scheduled_for = now() + interval '1 day' WHERE id = $1", [tomorrow])
  for (const days of [-3, 3]) {
    const now = await store.fileMany(20)
    const confused = await startWorker(store.url, events, FAULT_OPTIONS, { CLOCK_OFF_BY_DAYS: String(days) })
    await store.untilDone(now)
    await end(confused, "SIGTERM")
    await store.expectExactly(now, 20, events)
    const { late } = await store.engine.database.row(
      "SELECT count(*)::int AS late FROM privacy_subject WHERE request_id = $1 AND abs(extract(epoch FROM now() - processed_at)) > 3600",
      [now]
    )
    expect(late).toBe(0)
  }
  expect(await store.count("privacy_request WHERE id = $1 AND status = 'scheduled'", [tomorrow])).toBe(1)
})

it("the audit chain verifies after all of it", () => store.expectChain())
