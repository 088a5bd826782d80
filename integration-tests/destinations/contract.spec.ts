import { DestinationError, type DestinationAnswer, type DestinationInput, type DestinationProvider } from "../../src/modules/privacy/destinations/contract"
import { extractFrom } from "../../src/modules/privacy/destinations/call"
import { changeDelivery } from "../../src/modules/privacy/deliveries/change"
import { listDeliveries } from "../../src/modules/privacy/deliveries/list"
import { noteOverdue } from "../../src/modules/privacy/deliveries/overdue"
import { claimDeliveries, recordSteps } from "../../src/modules/privacy/jobs/outbox"
import { SYSTEM } from "../../src/modules/privacy/audit/record"
import { makeCrowd } from "../support/crowd"
import { deliveriesOf, destination, dispatcherOf } from "../support/deliveries"
import { eraseAll, openEngine, type Engine } from "../support/engine"
import { until } from "../support/until"

type Behaviour = (input: DestinationInput, calls: number) => unknown

/** A destination that writes down what it was called with and answers as the test says. */
class Recorder implements DestinationProvider {
  needs = ["customer_id", "email"] as const
  calls: (DestinationInput & { verb: string })[] = []
  behaviour: Behaviour = () => DONE

  constructor(parts: Partial<DestinationProvider> = {}) {
    Object.assign(this, parts)
  }

  erase = (input: DestinationInput) => this.record("erase", input)

  async record(verb: string, input: DestinationInput) {
    this.calls.push({ verb, ...input })
    return (await this.behaviour(input, this.calls.filter(({ idempotency_key }) => idempotency_key === input.idempotency_key).length)) as DestinationAnswer
  }
}

const DONE: DestinationAnswer = { removed: [{ what: "profile", count: 1 }], retained: [], messages: [], done: true }

const crm = new Recorder()
const slow = new Recorder()
const stubborn: Recorder = new Recorder({ cancel: (input) => stubborn.record("cancel", input) })
const quota = new Recorder({ quota: { subjects: 3, days: 30 } })
const holders = new Recorder({ needs: ["account_holder"], concerns: ({ account_holders }) => account_holders.some(({ provider_id }) => provider_id === "pp_test") })

let engine: Engine
let dispatcher: ReturnType<typeof dispatcherOf>["dispatcher"]

beforeAll(async () => {
  engine = await openEngine({
    name: "contract",
    destinations: [
      destination("crm", crm), destination("slow", slow), destination("stubborn", stubborn), destination("quota", quota), destination("holders", holders),
    ],
  })
  dispatcher = dispatcherOf(engine).dispatcher
})

beforeEach(async () => {
  for (const recorder of [crm, slow, stubborn, quota, holders]) {
    recorder.calls = []
    recorder.behaviour = () => DONE
  }
  await engine.database.rows("DELETE FROM privacy_delivery")
})

afterAll(async () => {
  await dispatcher?.stop()
  await engine?.close()
})

let crowds = 0

/** Erases fresh customers; what is not for the destination under test is taken off the outbox. */
async function erased(count: number, only: string) {
  const name = `contract${(crowds += 1)}x`
  const customers = await makeCrowd(engine.database, count, name)
  const { requestId } = await eraseAll(engine, customers)
  await engine.database.rows("DELETE FROM privacy_delivery WHERE destination <> $1", [only])
  return { name, customers, requestId }
}

const dueNow = () => engine.database.rows("UPDATE privacy_delivery SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL")

/** Looks at the outbox and waits until the first delivery of the destination satisfies the test. */
async function delivery(id: string, isSo: (row: any) => boolean) {
  await dispatcher.pump()
  let rows: any[] = []
  await until(async () => (rows = await deliveriesOf(engine, id)).length > 0 && rows[0].lease === null && isSo(rows[0]))
  return rows[0]
}

describe("a destination", () => {
  it("is told after the commit what it knows the subject by, and what it needed is gone afterwards", async () => {
    const { name, customers, requestId } = await erased(2, "crm")
    const [waiting] = await deliveriesOf(engine, "crm")
    expect(waiting).toMatchObject({ status: "pending", request_id: requestId, event: "erase", lane: "crm", overdue_notified_at: null })
    expect(waiting.identifiers).toMatch(/^k1:/)
    expect(JSON.stringify(waiting)).not.toContain("@crowd.example")
    expect(waiting.deadline_at - waiting.created_at).toBe(7 * 86_400_000)

    await delivery("crm", ({ status }) => status === "acknowledged")

    expect(crm.calls.map(({ identifiers }) => identifiers).sort((a, b) => (a.emails[0] < b.emails[0] ? -1 : 1))).toEqual(
      customers.map((id, index) => ({ customer_ids: [id], emails: [`${name}${index + 1}@crowd.example`], account_holders: [] }))
    )
    const rows = await deliveriesOf(engine, "crm")
    expect(crm.calls.map(({ idempotency_key }) => idempotency_key).sort()).toEqual(rows.map(({ id }) => id))
    for (const row of rows) {
      expect(row).toMatchObject({
        status: "acknowledged", identifiers: null, progress: null, next_attempt_at: null, attempts: 1, error: null,
        result: { removed: [{ what: "profile", count: 1 }], retained: [], messages: [] },
      })
    }
    await expect(engine.database.rows("UPDATE privacy_delivery SET identifiers = 'x' WHERE id = $1", [rows[0].id])).rejects.toThrow(
      /privacy_delivery_identifiers_until_ended/
    )
  })

  it("is told only what it asks for, and nothing of subjects it cannot know", async () => {
    const customers = await makeCrowd(engine.database, 2, "holder")
    await engine.database.rows(
      `INSERT INTO account_holder (id, provider_id, external_id, email, data) VALUES ('acchld_1', 'pp_test', 'ext_1', 'x@crowd.example', '{}'), ('acchld_2', 'pp_other', 'ext_2', NULL, '{}')`
    )
    await engine.database.rows(
      `INSERT INTO customer_account_holder (id, customer_id, account_holder_id) VALUES ('cah_1', $1, 'acchld_1'), ('cah_2', $2, 'acchld_2')`, customers
    )
    await eraseAll(engine, customers)
    await delivery("holders", ({ status }) => status === "acknowledged")
    expect(holders.calls.map(({ identifiers }) => identifiers)).toEqual([
      { customer_ids: [], emails: [], account_holders: [{ provider_id: "pp_test", external_id: "ext_1" }] },
    ])
  })

  it("costs a chunk the same number of statements, however many subjects it is told of", async () => {
    const crowd = await makeCrowd(engine.database, 31, "counted")
    const [two, many] = [await eraseAll(engine, crowd.slice(0, 2)), await eraseAll(engine, crowd.slice(2))]
    expect(many.chunks[0]).toEqual({ subjects: 29, statements: two.chunks[0].statements })
    expect(await deliveriesOf(engine, "crm")).toHaveLength(31)
  })

  it("that cancels and works in pages is called page by page, each committed, and its pages are added up", async () => {
    const pages: Record<string, unknown> = {
      "cancel null": { removed: [{ what: "subscription", count: 2 }], retained: [], messages: ["a"], done: true },
      "erase null": { removed: [{ what: "note", count: 100 }], retained: [{ what: "invoice", why: "tax law" }], messages: ["a"], done: false, cursor: "p2" },
      "erase p2": { removed: [{ what: "note", count: 7 }], retained: [{ what: "invoice", why: "tax law" }], messages: ["b"], done: true },
    }
    stubborn.behaviour = ({ cursor }) => pages[`${stubborn.calls[stubborn.calls.length - 1].verb} ${cursor}`]
    await erased(1, "stubborn")
    const row = await delivery("stubborn", ({ status }) => status === "acknowledged")
    expect(stubborn.calls.map(({ verb, cursor }) => [verb, cursor])).toEqual([["cancel", null], ["erase", null], ["erase", "p2"]])
    expect(new Set(stubborn.calls.map(({ idempotency_key }) => idempotency_key))).toEqual(new Set([row.id]))
    expect(row.result).toEqual({
      removed: [{ what: "subscription", count: 2 }, { what: "note", count: 107 }],
      retained: [{ what: "invoice", why: "tax law" }],
      messages: ["a", "b"],
    })
  })

  it("that needs time is asked again when it says so", async () => {
    crm.behaviour = (_, calls) => (calls > 1 ? DONE : { ...DONE, done: false, cursor: "job_1", check_after: 600 })
    await erased(1, "crm")
    const row = await delivery("crm", ({ status }) => status === "sent")
    expect(row).toMatchObject({ progress: { phase: "erase", cursor: "job_1", pages: 1 }, attempts: 0 })
    expect(row.identifiers).not.toBeNull()
    expect(row.next_attempt_at - Date.now()).toBeGreaterThan(550_000)
    await dueNow()
    await delivery("crm", ({ status }) => status === "acknowledged")
    expect(crm.calls.map(({ cursor }) => cursor)).toEqual([null, "job_1"])
  })

  it.each([
    ["nothing", undefined, /breaks the contract \(answer:/],
    ["a text", "ok", /breaks the contract \(answer:/],
    ["a misspelt word", { ...DONE, removd: [] }, /breaks the contract \(.*removd/],
    ["a missing list", { removed: [], messages: [], done: true }, /breaks the contract \(retained:/],
    ["a count that is none", { ...DONE, removed: [{ what: "x", count: "many" }] }, /breaks the contract \(removed\.0\.count:/],
    ["a reason left out", { ...DONE, retained: [{ what: "invoice" }] }, /breaks the contract \(retained\.0\.why:/],
  ])("that answers %s fails that delivery with a clear error, and the others go on", async (_, answer, message) => {
    crm.behaviour = ({ identifiers }) => (identifiers.customer_ids[0].endsWith("_1") ? answer : DONE)
    await erased(2, "crm")
    await dispatcher.pump()
    await until(async () => (await deliveriesOf(engine, "crm")).every(({ attempts, lease }) => attempts > 0 && lease === null))
    const rows = await deliveriesOf(engine, "crm")
    expect(rows.map(({ status }) => status).sort()).toEqual(["acknowledged", "pending"])
    const { error } = rows.find(({ status }) => status === "pending") as { error: string }
    expect(error).toMatch(message)
    expect(error).toMatch(/Its provider must be mended\.$/)
  })

  it("cannot bring personal data into what is kept of it", async () => {
    crm.behaviour = ({ identifiers: { emails, customer_ids } }) => ({
      removed: [{ what: `contact ${emails[0].toUpperCase()}`, count: 1 }], retained: [{ what: "x", why: `of ${emails[0]}` }],
      messages: [`${customer_ids[0]} gone`], done: true,
    })
    await erased(1, "crm")
    const { result } = await delivery("crm", ({ status }) => status === "acknowledged")
    expect(result).toEqual({
      removed: [{ what: "contact [identifier]", count: 1 }], retained: [{ what: "x", why: "of [identifier]" }], messages: ["[identifier] gone"],
    })

    crm.behaviour = ({ identifiers: { emails } }) => {
      throw new DestinationError(`Nobody there named ${emails[0]}.`)
    }
    await engine.database.rows("DELETE FROM privacy_delivery")
    await erased(1, "crm")
    expect((await delivery("crm", ({ attempts }) => attempts > 0)).error).toBe("Nobody there named [identifier].")

    crm.behaviour = ({ identifiers: { emails } }) => {
      throw Object.assign(new TypeError(`fetch failed for ${emails[0]}`), { code: "ECONNREFUSED" })
    }
    await dueNow()
    expect((await delivery("crm", ({ attempts }) => attempts > 1)).error).toBe("TypeError ECONNREFUSED")
  })

  it("that is slow holds up no other", async () => {
    const waiting: (() => void)[] = []
    slow.behaviour = () => new Promise((resolve) => waiting.push(() => resolve(DONE)))
    const customers = await makeCrowd(engine.database, 3, "slowly")
    await eraseAll(engine, customers)
    await engine.database.rows("DELETE FROM privacy_delivery WHERE destination NOT IN ('slow', 'crm')")
    await dispatcher.pump()
    await until(async () => (await deliveriesOf(engine, "crm")).every(({ status }) => status === "acknowledged"))
    expect((await deliveriesOf(engine, "slow")).map(({ status }) => status)).toEqual(["pending", "pending", "pending"])
    // No transaction waits for it, and no row is locked: an officer's click goes through.
    const open = await engine.database.rows("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'")
    expect(open).toEqual([])
    const [first] = await deliveriesOf(engine, "slow")
    await engine.transaction((session) => changeDelivery(session, first.id, "acknowledge", SYSTEM))
    waiting.forEach((release) => release())
    await until(async () => (await deliveriesOf(engine, "slow")).every(({ status }) => status === "acknowledged"))
    // The click came first: what the destination answered afterwards is not written over it.
    expect((await deliveriesOf(engine, "slow"))[0]).toMatchObject({ id: first.id, result: null, identifiers: null })
  })

  it("whose caller died is called again under the same key when the lease is over, and the late answer of the dead is not taken", async () => {
    await erased(1, "crm")
    const [dead] = await engine.transaction((session) => claimDeliveries(session, "crm", "dead", { limit: 10, lease: 30 }))
    expect(await engine.transaction((session) => claimDeliveries(session, "crm", "next", { limit: 10, lease: 30 }))).toEqual([])
    await dueNow()
    const row = await delivery("crm", ({ status }) => status === "acknowledged")
    expect(crm.calls.map(({ idempotency_key }) => idempotency_key)).toEqual([dead.id])
    await engine.transaction((session) => recordSteps(session, "dead", [{ delivery: dead, status: "failed", next: null, counts: true, error: "late" }]))
    // Dying over it counted as a try.
    expect((await deliveriesOf(engine, "crm"))[0]).toMatchObject({ id: row.id, status: "acknowledged", error: null, attempts: 2 })
  })

  it("that asks for a rest gets it, for all that waits for it, and it is no failure", async () => {
    crm.behaviour = () => {
      throw new DestinationError("Too many requests.", { retryAfter: 120, status: 429 })
    }
    await erased(6, "crm")
    await delivery("crm", ({ error }) => error !== null)
    const rows = await deliveriesOf(engine, "crm")
    expect(crm.calls).toHaveLength(4)
    for (const row of rows) {
      expect(row).toMatchObject({ status: "pending", attempts: 0 })
      expect(row.next_attempt_at - Date.now()).toBeGreaterThan(100_000)
    }
    crm.behaviour = () => DONE
    await dueNow()
    await dispatcher.pump()
    await until(async () => (await deliveriesOf(engine, "crm")).every(({ status }) => status === "acknowledged"))
  })

  it("with a quota gets no more than that; the rest waits and is no failure", async () => {
    await erased(5, "quota")
    await dispatcher.pump()
    await until(async () => (await deliveriesOf(engine, "quota")).filter(({ status }) => status === "acknowledged").length === 3)
    await until(async () => {
      const waiting = (await deliveriesOf(engine, "quota")).filter(({ status }) => status === "pending")
      return waiting.length === 2 && waiting.every(({ next_attempt_at }) => next_attempt_at - Date.now() > 29 * 86_400_000)
    })
    expect(quota.calls).toHaveLength(3)
    await engine.database.rows("UPDATE privacy_delivery SET delivered_at = delivered_at - interval '31 days' WHERE status = 'acknowledged'")
    await dueNow()
    await dispatcher.pump()
    await until(async () => (await deliveriesOf(engine, "quota")).every(({ status }) => status === "acknowledged"))
  })

  it("that refuses for good fails at once and keeps what a retry needs, until somebody gives it up", async () => {
    crm.behaviour = () => {
      throw new DestinationError("The key is not valid. Set a new one in the options.", { permanent: true, status: 401 })
    }
    const { requestId } = await erased(1, "crm")
    const row = await delivery("crm", ({ status }) => status === "failed")
    expect(row).toMatchObject({ next_attempt_at: null, error: "The key is not valid. Set a new one in the options.", attempts: 1 })
    expect(row.identifiers).not.toBeNull()

    await engine.transaction((session) => changeDelivery(session, row.id, "retry", { id: "user_1", type: "user" }))
    expect(await delivery("crm", ({ status }) => status === "failed")).toMatchObject({ attempts: 1 })

    await engine.transaction((session) => changeDelivery(session, row.id, "abandon", { id: "user_1", type: "user" }))
    expect((await deliveriesOf(engine, "crm"))[0]).toMatchObject({ status: "abandoned", identifiers: null, progress: null, next_attempt_at: null })
    await expect(engine.transaction((session) => changeDelivery(session, row.id, "retry", SYSTEM))).rejects.toThrow(/The delivery is abandoned: retry is possible only while/)
    expect(
      await engine.database.rows("SELECT action, actor_id, details FROM privacy_audit_entry WHERE request_id = $1 AND action LIKE 'delivery.%' ORDER BY created_at", [requestId])
    ).toEqual([
      { action: "delivery.retried", actor_id: "user_1", details: { delivery_id: row.id, destination: "crm", was: "failed" } },
      { action: "delivery.abandoned", actor_id: "user_1", details: { delivery_id: row.id, destination: "crm", was: "failed" } },
    ])
  })

  it("that stays silent is tried until its deadline, then shown as overdue and notified, once, and given up in the end", async () => {
    crm.behaviour = () => {
      throw new Error("down")
    }
    await erased(1, "crm")
    const row = await delivery("crm", ({ attempts }) => attempts > 0)
    expect(row.status).toBe("pending")
    await engine.database.rows("UPDATE privacy_delivery SET deadline_at = now() - interval '1 hour', next_attempt_at = now()")
    expect(await delivery("crm", ({ attempts }) => attempts > 1)).toMatchObject({ status: "failed", next_attempt_at: null })
    await engine.transaction(noteOverdue)
    await engine.transaction(noteOverdue)
    expect(await engine.database.rows("SELECT event, payload FROM privacy_delivery WHERE destination = 'feed'")).toEqual([
      { event: "notice", payload: { title: "Not confirmed in time: crm", description: "1 delivery has passed the deadline. Look under Settings → Privacy → Deliveries." } },
    ])
    const shown = await engine.transaction((session) => listDeliveries(session, { overdue: true }, { limit: 10 }))
    expect(shown.rows).toEqual([expect.objectContaining({ id: row.id, overdue: true, status: "failed" })])
    expect(shown.rows[0]).not.toHaveProperty("identifiers")
    await engine.database.rows("UPDATE privacy_delivery SET deadline_at = now() - interval '61 days' WHERE destination = 'crm'")
    await engine.transaction(noteOverdue)
    expect((await deliveriesOf(engine, "crm"))[0]).toMatchObject({ status: "abandoned", identifiers: null })
  })

  it("is read page by page for an access request", async () => {
    const input = { identifiers: { customer_ids: ["cus_1"], emails: [], account_holders: [] }, reference: "PR-1" }
    const from = (answers: unknown[]) =>
      destination("reader", { needs: ["customer_id"], erase: async () => DONE, extract: async ({ cursor }) => answers[Number(cursor ?? 0)] as never })
    const read = async (answers: unknown[]) => {
      const pages = []
      for await (const page of extractFrom(from(answers), input)) {
        pages.push(page)
      }
      return pages
    }
    const page = (cursor: string | null) => ({ data: [{ kind: "note", records: [{ text: "x" }] }], messages: [], done: !cursor, cursor })
    expect(await read([page("1"), page(null)])).toHaveLength(2)
    await expect(read([{ data: [], done: false, cursor: null }])).rejects.toThrow(/does not come forward/)
    await expect(read([{ records: [] }])).rejects.toThrow(/breaks the contract/)
  })
})
