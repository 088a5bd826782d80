import type { ChildProcess } from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import { Webhook } from "standardwebhooks"
import { sealAudit, verifyChain } from "../../src/modules/privacy/audit/chain"
import { newSecret, sealSecret } from "../../src/modules/privacy/webhooks/secret"
import { makeCrowd } from "../support/crowd"
import { openEngine, type Engine } from "../support/engine"
import { startFake, type Fault } from "../support/fake-server"
import { segmentKeys, startSegment, type FakeSegment } from "../support/fake-segment"
import { startStripe, stripeKeys, type FakeStripe } from "../support/fake-stripe"
import { end, randomFrom, startWorker } from "./workers"

/** `npm run test:faults` runs these in full; the ordinary suite runs them scaled down. */
const FULL = process.env.FAULTS === "full"
const SIZE = FULL ? { subjects: 5000, kills: 200 } : { subjects: 40, kills: 4 }
const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31)

jest.setTimeout(FULL ? 7_200_000 : 400_000)

const say = (line: string) => process.stdout.write(`${line}\n`)

let engine: Engine
let stripe: FakeStripe
let segment: FakeSegment
let receiver: Awaited<ReturnType<typeof startFake>>
let worker: ChildProcess | undefined
let kills = 0
const secret = newSecret()
const events = path.resolve(".test/faults-remote.jsonl")
const url = () => (process.env.TEST_POSTGRES_URL as string).replace(/\/[^/]*$/, "/engine_remote")

beforeAll(async () => {
  fs.rmSync(events, { force: true })
  ;[stripe, segment, receiver] = await Promise.all([startStripe(), startSegment(), startFake(() => ({ status: 200 }))])
  engine = await openEngine({ name: "remote" })
  await engine.database.rows(
    "INSERT INTO privacy_webhook (id, url, event_types, secret) VALUES ('prvwh_remote', $1, '{user.deleted,privacy_request.completed}', $2)",
    [`${receiver.url}/hook`, sealSecret(engine.environment.options.hashKeys, secret)]
  )
})

afterAll(async () => {
  if (worker) {
    await end(worker, "SIGKILL")
  }
  await Promise.all([stripe?.stop(), segment?.stop(), receiver?.stop()])
  await engine?.close()
})

const provider = (name: string) => path.resolve(`.medusa/server/src/providers/${name}/index.js`)

const options = () => ({
  chunk_size: 10,
  webhooks: { allow_http: true, allow_private: true },
  destinations: [
    { id: "stripe", resolve: provider("stripe"), options: { ...stripeKeys, api_host: stripe.url } },
    { id: "segment", resolve: provider("segment"), options: { ...segmentKeys, api_host: segment.url, tracking_host: segment.url, poll_seconds: 0.1 } },
  ],
})

/** A bulk request over customers who each have a Stripe customer with a subscription and a schedule. */
async function file(count: number, name: string): Promise<string> {
  const customers = await makeCrowd(engine.database, count, name)
  const id = `prvreq_${name}`
  await engine.database.rows(
    `INSERT INTO account_holder (id, provider_id, external_id, data) SELECT 'acchld_' || id, 'pp_stripe_stripe', 'cusS' || replace(id, '_', ''), '{}' FROM unnest($1::text[]) AS c (id)`,
    [customers]
  )
  await engine.database.rows("INSERT INTO customer_account_holder (id, customer_id, account_holder_id) SELECT 'cah_' || id, id, 'acchld_' || id FROM unnest($1::text[]) AS c (id)", [customers])
  customers.forEach((customer) => stripe.state.add(`cusS${customer.replace(/_/g, "")}`, { subscriptions: ["active"], schedules: ["active"] }))
  await engine.database.rows(
    "INSERT INTO privacy_request (id, reference, type, method, status, origin, requested_by_type, due_at) VALUES ($1, $1, 'erasure', 'anonymize', 'pending', 'bulk', 'system', now())",
    [id]
  )
  await engine.database.rows(
    `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier, identifier_hash, identifier_redacted, pseudonym)
     SELECT 'prvsub_' || md5($1 || id), $1, id, 'customer_id', id, 'k1:' || md5(id), left(id, 1) || '***', 'erased-' || left(md5($1 || id), 20) FROM unnest($2::text[]) AS c (id)`,
    [id, customers]
  )
  return id
}

/** Kills the worker at the moment of a remote call: before it has any effect, or between its effect and what the worker would write down. */
function killing(when: (call: string) => "before" | "after" | null): Fault {
  return ({ method, path: called }) => {
    const call = `${method} ${called.replace(/\/(sub_|sched_|cusS|reg_)\w+/, "/:id")}`
    const point = worker && worker.signalCode === null && !worker.killed ? when(call) : null
    if (point) {
      kills += 1
      worker?.kill("SIGKILL")
      return point === "before" ? "hang up" : "lose the answer"
    }
  }
}

const open = async (id: string) =>
  (
    await engine.database.row(
      `SELECT (SELECT count(*)::int FROM privacy_delivery WHERE request_id = $1 AND next_attempt_at IS NOT NULL)
         + (SELECT count(*)::int FROM privacy_request WHERE id = $1 AND status <> 'complete') AS count`,
      [id]
    )
  ).count

/** Starts a worker, and another one whenever it is dead, until everything is told. */
async function workOff(id: string) {
  const limit = Date.now() + (FULL ? 7_000_000 : 350_000)
  while ((await open(id)) > 0) {
    if (Date.now() > limit) {
      throw new Error(`${await open(id)} deliveries are still open`)
    }
    if (worker && worker.exitCode !== null) {
      throw new Error(`The worker ended by itself with ${worker.exitCode}: see ${events}.log`)
    }
    if (!worker || worker.signalCode !== null) {
      // What the dead one had taken would be due again in a minute and a half.
      await engine.database.rows("UPDATE privacy_delivery SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL AND (lease IS NOT NULL OR attempts > 0)")
      worker = await startWorker(url(), events, options()).catch(() => undefined)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Checks a signature as its receiver did, by the clock of that moment: a long run outlives the five minutes for which a message counts as new. */
function verifyAsOf(at: number, body: string, headers: Record<string, string>) {
  const clock = jest.spyOn(Date, "now").mockReturnValue(at)
  try {
    new Webhook(secret).verify(body, headers)
  } finally {
    clock.mockRestore()
  }
}

async function expectExactly(id: string, count: number) {
  const totals = await engine.database.row(
    `SELECT (SELECT count(*)::int FROM privacy_subject WHERE request_id = $1 AND status = 'complete') AS complete,
       (SELECT count(*)::int FROM privacy_ledger_entry WHERE request_id = $1) AS ledger,
       (SELECT count(*)::int FROM privacy_delivery WHERE request_id = $1 AND status = 'acknowledged' AND destination IN ('stripe', 'segment', 'webhook')) AS acknowledged,
       (SELECT count(*)::int FROM privacy_delivery WHERE request_id = $1 AND (identifiers IS NOT NULL OR progress IS NOT NULL OR lease IS NOT NULL)) AS left_behind`,
    [id]
  )
  // Three a subject, and one webhook for the end of the request.
  expect(totals).toEqual({ complete: count, ledger: count, acknowledged: 3 * count + 1, left_behind: 0 })
  const { rows: customers } = { rows: await engine.database.rows<{ customer_id: string }>("SELECT customer_id FROM privacy_subject WHERE request_id = $1", [id]) }
  const name = (customer: string) => `cusS${customer.replace(/_/g, "")}`
  const effects = stripe.state.effects
  expect(new Set(effects).size).toBe(effects.length)
  for (const { customer_id } of customers) {
    expect(stripe.state.customers.get(name(customer_id))?.deleted).toBe(true)
  }
  expect(stripe.state.subscriptions.concat(stripe.state.schedules).filter(({ status }) => status !== "canceled")).toEqual([])
  const deliveries = new Map((await engine.database.rows("SELECT id, destination FROM privacy_delivery WHERE request_id = $1", [id])).map((row) => [row.id, row.destination]))
  const own = customers.map(({ customer_id }) => customer_id)
  expect([...segment.state.tracked.entries()].filter(([key]) => deliveries.get(key) === "segment").map(([, user]) => user).sort()).toEqual([...own].sort())
  const regulated = new Set([...segment.state.regulations.values()].flatMap(({ ids }) => ids))
  expect(own.filter((customer) => !regulated.has(customer))).toEqual([])
  const told = receiver.requests.filter(({ headers }) => deliveries.has(headers["webhook-id"]))
  const bodies = new Map(told.map(({ headers, body }) => [headers["webhook-id"], body]))
  expect(bodies.size).toBe(count + 1)
  for (const { headers, body, at } of told) {
    // The same key and the same body every time; only then can a receiver tell a repeat.
    expect(body).toBe(bodies.get(headers["webhook-id"]))
    verifyAsOf(at, body, headers)
  }
  return { repeated: told.length - bodies.size, regulations: segment.state.regulations.size }
}

it("kill -9 before and after the effect of every remote call: no effect lost, none doubled", async () => {
  const done = new Set<string>()
  const fault = killing((call) => {
    const point = !done.has(`before ${call}`) ? "before" : !done.has(`after ${call}`) ? "after" : null
    if (point) {
      done.add(`${point} ${call}`)
    }
    return point
  })
  ;[stripe, segment, receiver].forEach((fake) => (fake.fault = fault))
  const id = await file(6, "everycall")
  await workOff(id)
  expect([...done].sort()).toEqual(
    [
      "DELETE /v1/customers/:id", "DELETE /v1/subscriptions/:id", "GET /regulations/:id", "GET /v1/subscription_schedules", "GET /v1/subscriptions",
      "POST /hook", "POST /regulations", "POST /v1/batch", "POST /v1/subscription_schedules/:id/cancel",
    ].flatMap((call) => [`after ${call}`, `before ${call}`]).sort()
  )
  const { repeated, regulations } = await expectExactly(id, 6)
  say(`remote calls: ${kills} kills at ${done.size} points, 0 lost, 0 doubled; ${repeated} webhooks repeated under their id, ${regulations} regulations`)
})

it("kill -9 at random remote calls of a larger job", async () => {
  say(`remote calls: seed ${SEED} (repeat with FAULTS_SEED=${SEED})`)
  const random = randomFrom(SEED)
  const before = kills
  const calls = SIZE.subjects * 5
  const fault = killing(() => (kills - before < SIZE.kills && random() < (2 * SIZE.kills) / calls ? (random() < 0.5 ? "before" : "after") : null))
  ;[stripe, segment, receiver].forEach((fake) => (fake.fault = fault))
  const id = await file(SIZE.subjects, "randomly")
  await workOff(id)
  const { repeated } = await expectExactly(id, SIZE.subjects)
  // Twice as many are drawn as are wanted: a run with fewer was no such run.
  expect(kills - before).toBeGreaterThanOrEqual(FULL ? SIZE.kills : 1)
  say(`remote calls: ${kills - before} kills, 0 lost, 0 doubled; ${repeated} webhooks repeated under their id`)
})

it("the audit chain verifies after all of it", async () => {
  const keys = engine.environment.options.hashKeys
  while (await engine.transaction((session) => sealAudit(session, keys))) {
    // until nothing waits
  }
  expect(await engine.transaction((session) => verifyChain(session, keys))).toMatchObject({ valid: true, unsealed: 0 })
})
