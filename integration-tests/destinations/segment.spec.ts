import { makeCrowd } from "../support/crowd"
import { deliveriesOf, destination, dispatcherOf } from "../support/deliveries"
import { eraseAll, openEngine, type Engine } from "../support/engine"
import { segmentKeys, startSegment, type FakeSegment } from "../support/fake-segment"
import { until } from "../support/until"
import { SegmentDestination } from "../../src/providers/segment/service"

let engine: Engine
let segment: FakeSegment
let dispatcher: ReturnType<typeof dispatcherOf>["dispatcher"]

beforeAll(async () => {
  segment = await startSegment()
  const options = { ...segmentKeys, tracking_host: segment.url, api_host: segment.url, poll_seconds: 0.05 }
  const provider = new SegmentDestination({}, options)
  engine = await openEngine({ name: "segment", destinations: [destination("segment", provider)] })
  dispatcher = dispatcherOf(engine).dispatcher
})

beforeEach(async () => {
  segment.requests.length = 0
  segment.state.tracked.clear()
  segment.state.regulations.clear()
  segment.state.progress = () => ({ overallStatus: "FINISHED", destinations: { Amplitude: "FINISHED" } })
  segment.fault = () => undefined
  await engine.database.rows("DELETE FROM privacy_delivery")
})

afterAll(async () => {
  await dispatcher?.stop()
  await engine?.close()
  await segment?.stop()
})

let crowds = 0

async function erased(count: number) {
  const customers = await makeCrowd(engine.database, count, `segment${(crowds += 1)}x`)
  await eraseAll(engine, customers)
  await engine.database.rows("DELETE FROM privacy_delivery WHERE destination <> 'segment'")
  return customers
}

const rows = () => deliveriesOf(engine, "segment")
const now = () => engine.database.rows("UPDATE privacy_delivery SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL")

async function when(isSo: (list: any[]) => boolean) {
  await dispatcher.pump()
  await until(async () => {
    const list = await rows()
    return list.every(({ lease }) => lease === null) && isSo(list)
  })
  return rows()
}

const all = (status: string) => (list: any[]) => list.every((row) => row.status === status)

describe("Segment", () => {
  it("is told first, then regulated in one call for all, and looked at until its end", async () => {
    segment.state.progress = (look) =>
      look < 3 ? { overallStatus: look === 1 ? "INITIALIZED" : "RUNNING", destinations: { Amplitude: "RUNNING" } } : { overallStatus: "FINISHED", destinations: { Amplitude: "FINISHED" } }
    const customers = await erased(120)
    const list = await when(all("acknowledged"))

    expect([...segment.state.tracked.keys()].sort()).toEqual(list.map(({ id }) => id).sort())
    expect([...segment.state.tracked.values()].sort()).toEqual([...customers].sort())
    const regulations = [...segment.state.regulations.values()]
    expect(regulations).toHaveLength(1)
    expect(regulations[0]).toMatchObject({ type: "SUPPRESS_WITH_DELETE", looks: 3 })
    expect([...regulations[0].ids].sort()).toEqual([...customers].sort())
    expect(segment.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /v1/batch", "POST /regulations", "GET /regulations/reg_1", "GET /regulations/reg_1", "GET /regulations/reg_1",
    ])
    for (const row of list) {
      expect(row).toMatchObject({ identifiers: null, progress: null, attempts: 1, error: null })
      expect(row.result).toEqual({
        removed: [{ what: "Segment user", count: 1 }, { what: "Segment destination Amplitude", count: 1 }], retained: [], messages: ["Regulation reg_1: FINISHED"],
      })
    }
  })

  it("takes at most 5,000 ids a regulation and 500 kB a batch of tracks", async () => {
    const input = (number: number) => ({
      identifiers: { customer_ids: [`cus_${String(number).padStart(26, "0")}`], emails: [], account_holders: [] },
      reference: "PR-1", method: "anonymize" as const, idempotency_key: `prvdel_${String(number).padStart(26, "0")}`, cursor: null as string | null,
    })
    const provider = new SegmentDestination({}, { ...segmentKeys, tracking_host: segment.url, api_host: segment.url })
    const inputs = Array.from({ length: 5001 }, (_, number) => input(number))
    expect((await provider.eraseMany(inputs)).every((answer) => "cursor" in answer && answer.cursor === "tracked")).toBe(true)
    expect(segment.state.tracked.size).toBe(5001)
    await provider.eraseMany(inputs.map((one) => ({ ...one, cursor: "tracked" })))
    expect([...segment.state.regulations.values()].map(({ ids }) => ids.length)).toEqual([5000, 1])
  })

  it("that cannot delete in one of its destinations has done its part; that destination is shown as kept", async () => {
    segment.state.progress = () => ({ overallStatus: "FAILED", destinations: { Amplitude: "FINISHED", Mailer: "NOT_SUPPORTED" } })
    await erased(1)
    const [row] = await when(all("acknowledged"))
    expect(row.result).toMatchObject({
      removed: [{ what: "Segment user", count: 1 }, { what: "Segment destination Amplitude", count: 1 }],
      retained: [{ what: "Segment destination Mailer", why: "It does not support deletion through Segment: delete there by hand." }],
    })
  })

  it.each([
    ["FAILED", { Amplitude: "FAILED", Mailer: "FINISHED" }, "Amplitude: FAILED"],
    ["PARTIAL_SUCCESS", { Amplitude: "FINISHED", Mailer: "FAILED", Ads: "NOT_SUPPORTED" }, "Mailer: FAILED"],
    ["INVALID", {}, ""],
    ["NOT_SUPPORTED", {}, ""],
  ])("that ends as %s is shown as failed, per destination, and a retry makes a new regulation", async (overallStatus, destinations, named) => {
    segment.state.progress = () => ({ overallStatus, destinations: destinations as Record<string, string> })
    await erased(1)
    const [row] = await when(all("failed"))
    expect(row.error).toContain(`Segment ended the regulation reg_1 as ${overallStatus}${named ? ` (${named})` : ""}.`)
    expect(row.identifiers).not.toBeNull()
    segment.state.progress = () => ({ overallStatus: "FINISHED" })
    await engine.database.rows("UPDATE privacy_delivery SET status = 'pending', progress = NULL, attempts = 0, next_attempt_at = now()")
    await when(all("acknowledged"))
    expect(segment.state.regulations.size).toBe(2)
    expect(segment.state.tracked.size).toBe(1)
  })

  it("that asks to slow down is left alone, without a failed try", async () => {
    segment.fault = ({ path }) => (path === "/regulations" ? { status: 429, headers: { "retry-after": "40" } } : undefined)
    await erased(2)
    const list = await when((each) => each.every(({ error }) => error !== null))
    list.forEach((row) => {
      expect(row).toMatchObject({ status: "sent", attempts: 0, error: "Segment asked to slow down.", progress: { cursor: "tracked" } })
      expect(row.next_attempt_at - Date.now()).toBeGreaterThan(35_000)
    })
    segment.fault = () => undefined
    await now()
    await when(all("acknowledged"))
    expect(segment.state.regulations.size).toBe(1)
  })

  it("that fails, hangs up or loses its answer is told again under the same message ids", async () => {
    const faults = [{ status: 503 }, "hang up", "lose the answer"] as const
    segment.fault = (_, number) => faults[number - 1]
    await erased(2)
    for (const tries of [1, 2, 3]) {
      await when((each) => each.every(({ attempts }) => attempts >= tries))
      await now()
    }
    await when(all("acknowledged"))
    expect(segment.requests.filter(({ path }) => path === "/v1/batch")).toHaveLength(4)
    expect(segment.state.tracked.size).toBe(2)
    expect(segment.state.regulations.size).toBe(1)
  })

  it.each([
    ["/v1/batch", "The write key is not valid. Set the right one in the options."],
    ["/regulations", "The API token is not valid or may not make regulations. Set one with that right in the options."],
  ])("that refuses the key of %s says which one to set", async (refused, message) => {
    segment.fault = ({ path }) => (path === refused ? { status: 401 } : undefined)
    await erased(1)
    const [row] = await when(([each]) => each.attempts > 0)
    expect(row.error).toBe(message)
  })

  it.each([
    [{ api_token: "x" }, /write_key/],
    [{ ...segmentKeys, region: "de" }, /region/],
    [{ ...segmentKeys, api_host: "api.example.com" }, /api_host: must be a host with https/],
    [{ ...segmentKeys, batchsize: 5 }, /batchsize/],
  ])("is not started with wrong options: %j", (options, message) => {
    expect(() => SegmentDestination.validateOptions(options)).toThrow(message)
  })

  it("has hosts of its own for workspaces in the EU", () => {
    const provider = new SegmentDestination({}, { ...segmentKeys, region: "eu", monthly_quota: 5 })
    expect(provider).toMatchObject({
      quota: { subjects: 5, days: 30 },
      options: { tracking: "https://events.eu1.segmentapis.com", api: "https://eu1.api.segmentapis.com" },
    })
  })
})
