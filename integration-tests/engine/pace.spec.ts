import { SYSTEM } from "../../src/modules/privacy/audit/record"
import { parseOptions, type PrivacyOptions } from "../../src/modules/privacy/options"
import type { Gate } from "../../src/modules/privacy/jobs/chunk-runner"
import { noteShopper } from "../../src/modules/privacy/jobs/shop-first"
import { bulkGate, erasureGate } from "../../src/modules/privacy/requests/bulk-gate"
import { fileBulk } from "../../src/modules/privacy/requests/bulk-request"
import { changeState } from "../../src/modules/privacy/requests/change-state"
import { readRequest } from "../../src/modules/privacy/requests/read-requests"
import { beginRequest, openRequests, releaseScheduled } from "../../src/modules/privacy/requests/request-state"
import { runRequest } from "../../src/modules/privacy/requests/run-request"
import { makeCrowd } from "../support/crowd"
import { openEngine, type Engine } from "../support/engine"

type Bulk = PrivacyOptions["bulk"]

let engine: Engine
let crowds = 0

beforeAll(async () => {
  engine = await openEngine({ name: "pace" })
})

afterAll(() => engine?.close())

const paced = (bulk: Partial<Bulk>) => ({ ...engine.environment, options: { ...engine.environment.options, bulk: { ...engine.environment.options.bulk, ...bulk } } })

/** Files an erasure of new customers as the page does. */
async function file(count: number, bulk: Partial<Bulk> = {}, scheduledFor?: Date): Promise<string> {
  const customers = await makeCrowd(engine.database, count, `pace${(crowds += 1)}`)
  async function* list() {
    yield customers.map((value, index) => ({ line: index + 1, value }))
  }
  return engine.transaction((session) =>
    fileBulk(session, paced(bulk), {
      type: "erasure",
      identifier_type: "customer_id",
      identifiers: list() as never,
      confirm: count,
      actor: SYSTEM,
      scheduled_for: scheduledFor as never,
    })
  )
}

const request = (id: string) => engine.database.row("SELECT status, scheduled_for, extract(epoch FROM scheduled_for - now())::float AS seconds FROM privacy_request WHERE id = $1", [id])

const run = (id: string, bulk: Partial<Bulk> = {}) => runRequest(engine.connection, paced(bulk), id, { error: () => {} } as never, { help: async () => {}, stopping: () => false })

/** As the tick does: what is due begins. */
async function tick(): Promise<string[]> {
  await engine.transaction(releaseScheduled)
  return (await engine.transaction(openRequests)).map(({ id }) => id)
}

const timePasses = (id: string) => engine.database.rows("UPDATE privacy_request SET scheduled_for = now() - interval '1 second' WHERE id = $1", [id])

describe("the undo window", () => {
  it("keeps a request from starting, lets it be canceled, and ends by the database's clock", async () => {
    const [kept, canceled] = [await file(2, { undo_minutes: 30 }), await file(2, { undo_minutes: 30 })]
    expect(await request(kept)).toMatchObject({ status: "scheduled" })
    expect((await request(kept)).seconds).toBeGreaterThan(29 * 60)
    expect((await request(kept)).seconds).toBeLessThanOrEqual(30 * 60)
    expect(await tick()).not.toContain(kept)

    await engine.transaction((session) => changeState(session, canceled, "cancel", SYSTEM))
    await timePasses(canceled)
    await timePasses(kept)
    const due = await tick()
    expect(due).toContain(kept)
    expect(due).not.toContain(canceled)
    await run(kept)
    expect(await request(kept)).toMatchObject({ status: "complete" })
    await run(canceled)
    expect(await request(canceled)).toMatchObject({ status: "canceled" })
    const { untouched } = await engine.database.row(
      "SELECT count(*)::int AS untouched FROM customer AS c JOIN privacy_subject AS s ON s.customer_id = c.id WHERE s.request_id = $1 AND c.first_name LIKE 'First%'",
      [canceled]
    )
    expect(untouched).toBe(2)
  })

  it("is not shortened by an earlier start, and a later start stands", async () => {
    const hour = new Date(Date.now() + 3_600_000)
    expect((await request(await file(1, { undo_minutes: 30 }, new Date(Date.now() + 60_000)))).seconds).toBeGreaterThan(29 * 60)
    expect((await request(await file(1, { undo_minutes: 30 }, hour))).scheduled_for).toEqual(hour)
  })
})

describe("hours", () => {
  it("outside them a request waits untouched; inside it runs", async () => {
    const { hour } = await engine.database.row("SELECT extract(hour FROM now())::int AS hour")
    const id = await file(3)
    await run(id, { window: { from: (hour + 2) % 24, to: (hour + 4) % 24 } })
    expect(await request(id)).toMatchObject({ status: "in_progress" })
    expect(await engine.database.row("SELECT count(*)::int AS count FROM privacy_subject WHERE request_id = $1 AND status <> 'pending'", [id])).toEqual({ count: 0 })
    expect(await tick()).toContain(id)
    await run(id, { window: { from: hour, to: (hour + 2) % 24 } })
    expect(await request(id)).toMatchObject({ status: "complete" })
  })
})

const gateOf = (id: string, bulk: Partial<Bulk>) => {
  const gate = bulkGate(paced(bulk).options, id) as NonNullable<ReturnType<typeof bulkGate>>
  return () => engine.transaction(gate)
}

const processed = (id: string, subjects: number, secondsAgo: number) =>
  engine.database.rows(
    `UPDATE privacy_subject SET status = 'complete', identifier = NULL, processed_at = now() - make_interval(secs => $3) WHERE id IN (SELECT id FROM privacy_subject
       WHERE request_id = $1 AND processed_at IS NULL LIMIT $2)`,
    [id, subjects, secondsAgo]
  )

describe("the throttle", () => {
  it("spreads a minute's worth, and counts a rolling minute", async () => {
    const id = await file(70)
    const gate = gateOf(id, { throttle_per_minute: 60 })
    expect(await gate()).toBe(5)
    await processed(id, 5, 1)
    expect(await gate()).toBe(0)
    await processed(id, 53, 30)
    await engine.database.rows("UPDATE privacy_subject SET processed_at = now() - interval '10 seconds' WHERE request_id = $1 AND processed_at > now() - interval '5 seconds'", [id])
    expect(await gate()).toBe(2)
    await processed(id, 2, 20)
    expect(await gate()).toBe(0)
  })

  it("holds for several workers together", async () => {
    const id = await file(40)
    const bulk = { throttle_per_minute: 240 }
    const started = Date.now()
    await Promise.all([run(id, bulk), run(id, bulk), run(id, bulk)])
    expect(await request(id)).toMatchObject({ status: "complete" })
    const { most } = await engine.database.row(
      `SELECT max(count)::int AS most FROM (SELECT count(*) OVER (ORDER BY processed_at RANGE BETWEEN '4.5 seconds' PRECEDING AND CURRENT ROW)
         FROM privacy_subject WHERE request_id = $1) AS running`,
      [id]
    )
    expect(most).toBeLessThanOrEqual(20)
    expect(Date.now() - started).toBeGreaterThan(4_000)
  })

  it("a worker that waits for its turn goes home when the request is stopped", async () => {
    const id = await file(4)
    const running = run(id, { throttle_per_minute: 1 })
    await new Promise((resolve) => setTimeout(resolve, 500))
    await engine.transaction((session) => changeState(session, id, "stop", SYSTEM))
    await running
    expect(await request(id)).toMatchObject({ status: "stopped" })
  })

  it("does not hold up a click on the customer page", async () => {
    const id = await file(1)
    await engine.database.rows("UPDATE privacy_request SET origin = 'customer_page' WHERE id = $1", [id])
    expect(await gateOf(id, { throttle_per_minute: 1, window: { from: 0, to: 0 } })()).toBe(Infinity)
  })

  it("is a number, and hours are hours", () => {
    const wrong = (bulk: object) => () => parseOptions({ bulk }, { production: false })
    expect(wrong({ throttle_per_minute: -1 })).toThrow("bulk.throttle_per_minute")
    expect(wrong({ window: { from: 22, to: 24 } })).toThrow("bulk.window.to")
    expect(wrong({ undo_minutes: 0.5 })).toThrow("bulk.undo_minutes")
  })
})

describe("the shop first", () => {
  const lastShopper = (secondsAgo: number) =>
    engine.database.rows(
      "INSERT INTO privacy_pace (id, at) VALUES ('shop', now() - make_interval(secs => $1)) ON CONFLICT (id) DO UPDATE SET at = excluded.at", [secondsAgo]
    )
  const shopGate = (bulk: Partial<Bulk> = {}, origin = "bulk") => erasureGate(paced(bulk).options, { id: "prvreq_none", origin }) as Gate
  const pass = () => engine.transaction(shopGate())
  afterEach(() => engine.database.rows("DELETE FROM privacy_pace"))

  it("nobody shops, or nobody has for a while: all subjects at once", async () => {
    expect(await pass()).toBe(Infinity)
    await lastShopper(20)
    expect(await pass()).toBe(Infinity)
  })

  it("somebody shops: a small chunk, and a rest of four times its time after every statement", async () => {
    await noteShopper(engine.connection)
    const started = Date.now()
    await engine.transaction(async (session) => {
      expect(await shopGate()(session)).toBe(500)
      await session.run("SELECT pg_sleep(0.1)")
      expect(await session.runAll(["SELECT pg_sleep(0.1)", "SELECT 1 UNION SELECT 2"])).toEqual([1, 2])
    })
    expect(Date.now() - started).toBeGreaterThan(990)
  })

  it("one chunk at a time, over all workers and requests", async () => {
    await noteShopper(engine.connection)
    await engine.transaction(async (session) => {
      expect(await shopGate()(session)).toBe(500)
      // Whoever comes second goes home: it keeps no place from a click on the customer page.
      expect(await pass()).toBeNull()
    })
    expect(await pass()).toBe(500)
  })

  it("is noted once in a while, however many shop", async () => {
    const noted = () => engine.database.row("SELECT at::text FROM privacy_pace WHERE id = 'shop'")
    await noteShopper(engine.connection)
    const first = await noted()
    await noteShopper(engine.connection)
    expect(await noted()).toEqual(first)
    await lastShopper(10)
    await noteShopper(engine.connection)
    expect(await noted()).not.toEqual(first)
  })

  it("does not hold up a click on the customer page, nor a shop that wants none of it; a throttle holds besides", async () => {
    await noteShopper(engine.connection)
    expect(shopGate({}, "customer_page")).toBeUndefined()
    expect(shopGate({ yield_to_shop: false })).toBeUndefined()
    const id = await file(70)
    const both = erasureGate(paced({ throttle_per_minute: 60 }).options, { id, origin: "bulk" }) as Gate
    expect(await engine.transaction(both)).toBe(5)
  })

  it("the request says so while it runs, and no longer", async () => {
    const id = await file(2)
    const yields = async () => (await engine.transaction((session) => readRequest(session, id))).yields_to_shop
    await noteShopper(engine.connection)
    expect(await yields()).toBe(false)
    await engine.transaction((session) => beginRequest(session, id))
    expect(await yields()).toBe(true)
    await lastShopper(20)
    expect(await yields()).toBe(false)
    await run(id)
    await noteShopper(engine.connection)
    expect(await yields()).toBe(false)
  })

  it("a request in a shop that is in use comes to its end all the same", async () => {
    await noteShopper(engine.connection)
    const id = await file(20)
    await run(id)
    expect(await request(id)).toMatchObject({ status: "complete" })
  })
})
