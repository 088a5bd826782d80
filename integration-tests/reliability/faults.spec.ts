import fs from "node:fs"
import path from "node:path"
import { sealAudit, verifyChain } from "../../src/modules/privacy/audit/chain"
import { makeCrowd } from "../support/crowd"
import { Database } from "../support/database"
import { openEngine, type Engine } from "../support/engine"
import { end, randomFrom, startWorker } from "./workers"

/** `npm run test:faults` runs these in full; the ordinary suite runs them scaled down. */
const FULL = process.env.FAULTS === "full"
const SIZE = FULL ? { subjects: 5000, kills: 200, losses: 50 } : { subjects: 300, kills: 5, losses: 5 }
const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31)
const OPTIONS = {
  chunk_size: FULL ? 25 : 10,
  bulk: { approval: false, undo_minutes: 0, throttle_per_minute: 0, concurrency: 2 },
}

jest.setTimeout(FULL ? 3_600_000 : 240_000)

const say = (line: string) => process.stdout.write(`${line}\n`)

let engine: Engine
let url: string
let filed = 0

beforeAll(async () => {
  engine = await openEngine({ name: "faults", options: OPTIONS })
  url = (process.env.TEST_POSTGRES_URL as string).replace(/\/[^/]*$/, "/engine_faults")
})

afterAll(() => engine?.close())

/** A request over these customers, as it lies in the tables after it was filed. */
async function fileFor(customers: string[]): Promise<string> {
  filed += 1
  const id = `prvreq_fault_${filed}`
  await engine.database.rows(
    `INSERT INTO privacy_request (id, reference, type, method, status, origin, requested_by_type, due_at)
     VALUES ($1, $1, 'erasure', 'anonymize', 'pending', 'bulk', 'system', now())`,
    [id]
  )
  await engine.database.rows(
    `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier, identifier_hash, identifier_redacted, pseudonym)
     SELECT 'prvsub_' || md5($1 || id), $1, id, 'customer_id', id, 'k1:' || md5(id), left(id, 1) || '***', 'erased-' || left(md5($1 || id), 20)
     FROM unnest($2::text[]) AS c (id)`,
    [id, customers]
  )
  return id
}

const fileMany = async (count: number) => fileFor(await makeCrowd(engine.database, count, `fault${filed + 1}`))

const eventsFile = (name: string) => {
  const file = path.resolve(`.test/faults-${name}.jsonl`)
  fs.rmSync(file, { force: true })
  return file
}

const count = async (sql: string, values: unknown[]) => (await engine.database.row<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`, values)).count

const isComplete = async (id: string) => (await count("privacy_request WHERE id = $1 AND status = 'complete'", [id])) === 1
const isTold = async (id: string) => (await count("privacy_delivery WHERE request_id = $1 AND status = 'pending'", [id])) === 0

async function until(what: string, reached: () => Promise<boolean>, within = FULL ? 900_000 : 90_000) {
  const limit = Date.now() + within
  while (!(await reached())) {
    if (Date.now() > limit) {
      throw new Error(`Waited in vain until ${what}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function untilDone(id: string, within?: number) {
  await until("the request is complete", () => isComplete(id), within)
  await until("all is told", () => isTold(id), within)
}

/**
 * Nothing lost, nothing doubled: each subject is wholly done, once, and told under one key.
 *
 * @returns how many deliveries were repeated under their key
 */
async function expectExactly(id: string, subjects: number, events: string): Promise<number> {
  const totals = await engine.database.row(
    `SELECT (SELECT count(*)::int FROM privacy_subject WHERE request_id = $1 AND status = 'complete') AS complete,
       (SELECT count(*)::int FROM privacy_ledger_entry WHERE request_id = $1) AS ledger,
       (SELECT count(*)::int FROM privacy_audit_entry WHERE request_id = $1 AND action = 'erasure.completed') AS audited,
       (SELECT count(*)::int FROM privacy_subject AS s JOIN customer AS c ON c.id = s.customer_id
          WHERE s.request_id = $1 AND (c.email NOT LIKE '%@erased.invalid' OR c.first_name <> '[erased]' OR c.deleted_at IS NULL)) AS half_done`,
    [id]
  )
  expect(totals).toEqual({ complete: subjects, ledger: subjects, audited: subjects, half_done: 0 })
  const told = fs.readFileSync(events, "utf8").trim().split("\n").map((line) => JSON.parse(line))
  const own = told.filter(({ request_id }) => request_id === id)
  const keys = new Map(own.map(({ delivery_id, subject_id }) => [delivery_id, subject_id]))
  expect(keys.size).toBe(subjects)
  expect(new Set(keys.values()).size).toBe(subjects)
  return own.length - subjects
}

it("kill -9 at random points: nothing lost, nothing doubled", async () => {
  say(`faults: seed ${SEED}, ${SIZE.subjects} subjects, ${SIZE.kills} kills (repeat with FAULTS_SEED=${SEED})`)
  const random = randomFrom(SEED)
  const events = eventsFile("kill")
  const id = await fileMany(SIZE.subjects)
  let kills = 0
  for (; kills < SIZE.kills && !(await isComplete(id)); kills += 1) {
    const worker = await startWorker(url, events, OPTIONS)
    await new Promise((resolve) => setTimeout(resolve, random() * 400))
    await end(worker, "SIGKILL")
  }
  const worker = await startWorker(url, events, OPTIONS)
  await untilDone(id)
  await end(worker, "SIGTERM")
  const repeated = await expectExactly(id, SIZE.subjects, events)
  say(`faults: ${kills} kills, 0 lost, 0 doubled; ${repeated} deliveries repeated under their key`)
})

it("three processes share one request", async () => {
  const events = eventsFile("share")
  const id = await fileMany(SIZE.subjects)
  const workers = await Promise.all([1, 2, 3].map(() => startWorker(url, events, OPTIONS)))
  await untilDone(id)
  await Promise.all(workers.map((worker) => end(worker, "SIGTERM")))
  await expectExactly(id, SIZE.subjects, events)
})

it("connections break in the middle of the work: the workers come back", async () => {
  const events = eventsFile("lost")
  const id = await fileMany(SIZE.subjects)
  const worker = await startWorker(url, events, OPTIONS)
  const admin = await Database.connect(process.env.TEST_POSTGRES_URL as string)
  const { pid } = await engine.database.row("SELECT pg_backend_pid() AS pid")
  for (let round = 0; round < SIZE.losses; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 150))
    await admin.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'engine_faults' AND pid <> $1", [pid])
  }
  await admin.close()
  await untilDone(id, 180_000)
  expect(worker.exitCode).toBeNull()
  await end(worker, "SIGTERM")
  await expectExactly(id, SIZE.subjects, events)
})

it("SIGTERM lets running chunks come to their end", async () => {
  const events = eventsFile("term")
  const id = await fileMany(SIZE.subjects)
  const worker = await startWorker(url, events, OPTIONS)
  await until("work has begun", async () => (await count("privacy_subject WHERE request_id = $1 AND status = 'complete'", [id])) > 0)
  expect(await end(worker, "SIGTERM")).toBe(0)
  const torn = await count(
    `privacy_subject AS s JOIN customer AS c ON c.id = s.customer_id
     WHERE s.request_id = $1 AND (s.status = 'complete') <> (c.email LIKE '%@erased.invalid')`,
    [id]
  )
  expect(torn).toBe(0)
  const other = await startWorker(url, events, OPTIONS)
  await untilDone(id)
  await end(other, "SIGTERM")
  await expectExactly(id, SIZE.subjects, events)
})

it("two requests race for the same subjects: one erasure each, both end", async () => {
  const events = eventsFile("race")
  const customers = await makeCrowd(engine.database, 40, "race")
  const [one, two] = [await fileFor(customers), await fileFor(customers)]
  const workers = await Promise.all([startWorker(url, events, OPTIONS), startWorker(url, events, OPTIONS)])
  await untilDone(one)
  await untilDone(two)
  await Promise.all(workers.map((worker) => end(worker, "SIGTERM")))
  expect(await count("privacy_ledger_entry WHERE customer_id = ANY($1)", [customers])).toBe(40)
  expect(await count("privacy_delivery WHERE request_id IN ($1, $2) AND event = 'privacy.user_deleted'", [one, two])).toBe(40)
})

it("the audit chain verifies after all of it", async () => {
  const keys = engine.environment.options.hashKeys
  while (await engine.transaction((session) => sealAudit(session, keys))) {
    // until nothing waits
  }
  expect(await engine.transaction((session) => verifyChain(session, keys))).toMatchObject({ valid: true, unsealed: 0 })
})
