import { setTimeout as wait } from "node:timers/promises"
import { inTransaction } from "../../src/modules/privacy/database/session"
import { Dispatcher, type Courier } from "../../src/modules/privacy/jobs/dispatcher"
import { claimDeliveries, queueDeliveries, recordSteps, type Delivery, type Step } from "../../src/modules/privacy/jobs/outbox"
import { openEngine, type Engine } from "../support/engine"
import { until } from "../support/until"

let engine: Engine
const logger = { warn: jest.fn(), error: jest.fn() }

beforeAll(async () => {
  engine = await openEngine({ name: "leases" })
})

afterAll(() => engine?.close())

const sent = (delivery: Delivery): Step => ({ delivery, status: "sent", next: null, counts: true })

const queue = (lane: string, count: number) =>
  engine.transaction((session) =>
    queueDeliveries(session, Array.from({ length: count }, (_, index) => ({ requestId: "", subjectId: `${lane}${index}`, destination: lane, event: "x", payload: {} })))
  )

const rowsOf = (lane: string) => engine.database.rows("SELECT status, attempts, error FROM privacy_delivery WHERE lane = $1 ORDER BY id", [lane])

it("A call that takes longer than its lease is made once, however many workers look", async () => {
  const calls: number[] = []
  const slow: Courier = {
    batch: 100,
    lease: 1,
    isSpent: () => false,
    deliver: (deliveries) => {
      calls.push(deliveries.length)
      return [wait(3500).then(() => deliveries.map(sent))]
    },
  }
  await queue("slow", 10)
  const workers = [1, 2].map(() => new Dispatcher(engine.connection, (lane) => (lane === "slow" ? slow : null), logger as never))
  const looking = setInterval(() => workers.forEach((worker) => void worker.pump()), 100)
  await until(async () => (await rowsOf("slow")).every(({ status }) => status === "sent"))
  clearInterval(looking)
  await Promise.all(workers.map((worker) => worker.stop()))
  expect(calls).toEqual([10])
  expect(await rowsOf("slow")).toEqual(Array.from({ length: 10 }, () => ({ status: "sent", attempts: 1, error: null })))
})

it("A success that comes after the lease was lost is written down, a failure is left to the worker that has the delivery now", async () => {
  await queue("late", 2)
  const claim = (token: string) => engine.transaction((session) => claimDeliveries(session, "late", token, { limit: 10, lease: 0 }))
  const [first, second] = await claim("one")
  await claim("two")
  await inTransaction(engine.connection, (session) =>
    recordSteps(session, "one", [sent(first), { delivery: second, status: "pending", next: 60, counts: true, error: "late" }])
  )
  expect(await rowsOf("late")).toEqual([
    { status: "sent", attempts: 2, error: null },
    { status: "pending", attempts: 1, error: null },
  ])
  await engine.database.rows("UPDATE privacy_delivery SET next_attempt_at = NULL, lease = NULL, status = 'abandoned' WHERE id = $1", [second.id])
  await inTransaction(engine.connection, (session) => recordSteps(session, "one", [sent(second)]))
  expect((await rowsOf("late"))[1]).toMatchObject({ status: "abandoned" })
})

it("A delivery whose workers die over it again and again comes to its end as failed", async () => {
  const deliver = jest.fn((deliveries: Delivery[]) => [Promise.resolve(deliveries.map(sent))])
  const courier: Courier = { batch: 10, lease: 1, isSpent: ({ attempts }) => attempts >= 3, deliver }
  await queue("deadly", 1)
  for (let death = 0; death < 3; death += 1) {
    await engine.transaction((session) => claimDeliveries(session, "deadly", `dead${death}`, { limit: 1, lease: 0 }))
  }
  const worker = new Dispatcher(engine.connection, (lane) => (lane === "deadly" ? courier : null), logger as never)
  await worker.pump()
  await until(async () => (await rowsOf("deadly"))[0].status === "failed")
  await worker.stop()
  expect(deliver).not.toHaveBeenCalled()
  expect(await rowsOf("deadly")).toEqual([{ status: "failed", attempts: 3, error: expect.stringMatching(/^3 times it was begun/) }])
})
