import { readRequestHistory } from "../../src/modules/privacy/audit/history"
import { parseOptions } from "../../src/modules/privacy/options"
import { dueDate } from "../../src/modules/privacy/requests/due-date"
import { extendRequest } from "../../src/modules/privacy/requests/extend-request"
import { remindOfDueDates } from "../../src/modules/privacy/requests/remind-due"
import { releaseScheduled } from "../../src/modules/privacy/requests/request-state"
import { openEngine, type Engine } from "../support/engine"

let engine: Engine
let made = 0

beforeAll(async () => {
  engine = await openEngine({ name: "due_dates" })
})

afterAll(() => engine?.close())

/** A request whose due date lies so many days ahead. */
async function requestDue(days: number, { status = "stopped", subject = "pending", type = "user" } = {}): Promise<string> {
  made += 1
  const id = `prvreq_due_${made}`
  await engine.database.rows(
    `INSERT INTO privacy_request (id, reference, type, method, status, origin, requested_by, requested_by_type, due_at, scheduled_for)
     VALUES ($1, $1, 'erasure', 'anonymize', $2, 'bulk', 'user_anna', $4, now() + make_interval(days => $3), now() - interval '1 minute')`,
    [id, status, days, type]
  )
  await engine.database.rows(
    `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier_hash, identifier_redacted, pseudonym, status)
     VALUES ($1, $2, 'cus_nobody', 'customer_id', 'k1:0', 'x', 'erased-x', $3)`,
    [`prvsub_due_${made}`, id, subject]
  )
  return id
}

const remind = (days = 5) => engine.transaction((session) => remindOfDueDates(session, days))
const extend = (id: string) => engine.transaction((session) => extendRequest(session, id, "Many orders.", { id: "user_anna", type: "user" }))
const rung = (id: string) =>
  engine.database.rows("SELECT destination, event, payload ->> 'to' AS \"to\", payload ->> 'reference' AS reference FROM privacy_delivery WHERE request_id = $1", [id])

describe("a due date that is near", () => {
  it("is told to whoever filed the request, once, however often the clock ticks", async () => {
    const id = await requestDue(4)
    expect(await remind()).toBe(1)
    expect(await Promise.all([remind(), remind(), remind()])).toEqual([0, 0, 0])
    expect(await rung(id)).toEqual([{ destination: "feed", event: "request.due", to: "user_anna", reference: id }])
  })

  it("rings for everybody when a system filed the request", async () => {
    const id = await requestDue(1, { type: "api-key" })
    await remind()
    expect(await rung(id)).toMatchObject([{ to: null }])
  })

  it.each([
    ["far away", 20, {}],
    ["long past", -40, {}],
    ["of a settled request", 2, { status: "complete", subject: "complete" }],
    ["of a canceled request", 2, { status: "canceled", subject: "canceled" }],
  ])("is not told: %s", async (_, days, state) => {
    const id = await requestDue(days, state)
    await remind()
    expect(await rung(id)).toEqual([])
  })

  it("is told of a request that ended with somebody held, and of one that is overdue", async () => {
    const held = await requestDue(2, { status: "complete", subject: "held" })
    const over = await requestDue(-1)
    await remind()
    expect([await rung(held), await rung(over)].map(({ length }) => length)).toEqual([1, 1])
  })

  it("is told to nobody with the option 0", async () => {
    const id = await requestDue(1)
    expect(await remind(0)).toBe(0)
    expect(await rung(id)).toEqual([])
    await remind()
  })

  it("is told in one statement for any number of requests", async () => {
    for (let index = 0; index < 25; index += 1) {
      await requestDue(3)
    }
    const statements = await engine.transaction(async (session) => {
      expect(await remindOfDueDates(session, 5)).toBe(25)
      return session.statements
    })
    expect(statements).toBe(2)
  })
})

describe("the due date of a request", () => {
  const due = async (start: string, days: number | null = null) =>
    (await engine.database.row(`SELECT to_char(${dueDate("$1", `timestamp '${start}'`)}, 'YYYY-MM-DD') AS due`, [days])).due

  it.each([
    ["2027-01-31", "2027-02-28"],
    ["2028-01-31", "2028-02-29"],
    ["2027-02-28", "2027-03-28"],
    ["2027-03-31", "2027-04-30"],
    ["2027-12-15", "2028-01-15"],
  ])("is one month after %s: %s", async (filed, date) => {
    expect(parseOptions({}, { production: false }).due_days).toBeUndefined()
    expect(await due(filed)).toBe(date)
  })

  it("is as many days later as the option says", async () => {
    expect(await due("2027-01-31", 10)).toBe("2027-02-10")
  })
})

describe("an extension", () => {
  it("adds calendar months: from 28 February to 28 April", async () => {
    const id = await requestDue(3)
    // The same days in every year of tests: far enough ahead not to be overdue.
    await engine.database.rows("UPDATE privacy_request SET due_at = '2099-02-28 10:00+00' WHERE id = $1", [id])
    await extend(id)
    const { due_at } = await engine.database.row("SELECT to_char(due_at, 'YYYY-MM-DD') AS due_at FROM privacy_request WHERE id = $1", [id])
    expect(due_at).toBe("2099-04-28")
  })

  it("adds two months, once, and the new date is told again when it comes near", async () => {
    const id = await requestDue(3)
    await remind()
    const before = await engine.database.row("SELECT due_at + interval '2 months' AS due_at FROM privacy_request WHERE id = $1", [id])

    await extend(id)

    const after = await engine.database.row("SELECT due_at, extension_reason, extended_at IS NOT NULL AS extended FROM privacy_request WHERE id = $1", [id])
    expect(after).toEqual({ due_at: before.due_at, extension_reason: "Many orders.", extended: true })
    expect(await remind()).toBe(0)
    expect(await remind(90)).toBeGreaterThan(0)
    expect(await rung(id)).toHaveLength(2)
    await expect(extend(id)).rejects.toThrow("extended before")
  })

  it.each([
    ["settled", { status: "complete", subject: "complete" }, 3, "settled"],
    ["canceled", { status: "canceled", subject: "canceled" }, 3, "settled"],
    ["overdue", {}, -1, "overdue: an extension is possible only before the due date"],
  ])("is refused of a request that is %s", async (_, state, days, message) => {
    await expect(extend(await requestDue(days, state))).rejects.toThrow(message)
  })
})

describe("the schedule", () => {
  it("releases a request and writes that down", async () => {
    const id = await requestDue(30, { status: "scheduled" })
    await engine.transaction(releaseScheduled)
    const history = await engine.transaction((session) => readRequestHistory(session, id))
    expect(history).toMatchObject([{ action: "request.released", actor: null, request_id: id }])
  })
})
