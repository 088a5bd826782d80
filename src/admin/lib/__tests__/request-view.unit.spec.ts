import { type PrivacyPermission, type PrivacyRequestStatus, type PrivacyRequestTotals } from "../contract"
import { canRetrySubject, toRequestActions } from "../request-actions"
import { type SubjectStatus } from "../request-contract"
import { countProcessed, toDueState, toRequestPagePollInterval, toRequestPollInterval, toStatusView } from "../request-view"
import { toRange, toText } from "../table-query"

const totals = (part: Partial<PrivacyRequestTotals> = {}): PrivacyRequestTotals => ({
  subjects: 10,
  pending: 0,
  complete: 0,
  held: 0,
  not_found: 0,
  failed: 0,
  canceled: 0,
  ...part,
})

const everything = { id: "user_2", can: () => true }
const request = (status: PrivacyRequestStatus, part: Partial<PrivacyRequestTotals> = {}) => ({
  type: "erasure" as const,
  status,
  totals: totals(part),
  requested_by: "user_1",
  due_at: null as string | null,
  extended_at: null as string | null,
})

describe("the actions of a request", () => {
  it.each<[PrivacyRequestStatus, Partial<PrivacyRequestTotals>, string[]]>([
    ["awaiting_approval", {}, ["approve", "cancel"]],
    ["scheduled", {}, ["stop", "cancel"]],
    ["pending", {}, ["stop", "cancel"]],
    ["in_progress", {}, ["stop"]],
    ["stopped", {}, ["resume", "cancel"]],
    ["complete", {}, []],
    ["complete", { held: 1 }, ["retry"]],
    ["failed", { failed: 1 }, ["retry"]],
    ["canceled", { held: 1 }, []],
  ])("while %s with %j are %j", (status, part, actions) => {
    expect(toRequestActions(request(status, part), everything)).toEqual(actions)
  })

  it("never let the requester approve", () => {
    expect(toRequestActions(request("awaiting_approval"), { ...everything, id: "user_1" })).toEqual(["cancel"])
    expect(toRequestActions(request("awaiting_approval"), { ...everything, id: undefined })).toEqual(["cancel"])
  })

  it("follow the permissions", () => {
    const only = (permission: PrivacyPermission) => ({ id: "user_2", can: (asked: PrivacyPermission) => asked === permission })

    expect(toRequestActions(request("awaiting_approval"), only("approve"))).toEqual(["approve"])
    expect(toRequestActions(request("in_progress"), only("view"))).toEqual([])
  })
})

describe("an extract", () => {
  const access = (status: PrivacyRequestStatus) => ({ ...request(status), type: "access" as const })
  const only = (permission: PrivacyPermission) => ({ id: "user_2", can: (asked: PrivacyPermission) => asked === permission })

  it("is stopped, resumed and canceled by whoever may extract, and by nobody else", () => {
    expect(toRequestActions(access("in_progress"), only("extract"))).toEqual(["stop"])
    expect(toRequestActions(access("stopped"), only("extract"))).toEqual(["resume", "cancel"])
    expect(toRequestActions(access("stopped"), only("erase"))).toEqual([])
    expect(toRequestActions(request("stopped"), only("extract"))).toEqual([])
  })
})

describe("an extension", () => {
  const now = Date.parse("2026-11-20T10:00:00Z")
  const later = "2026-12-01T10:00:00Z"
  const asked = (status: PrivacyRequestStatus, part: object) =>
    toRequestActions({ ...request(status), ...part }, everything, now).includes("extend")

  it("is offered once, before the due date, while somebody waits", () => {
    expect(asked("stopped", { due_at: later })).toBe(true)
    expect(asked("stopped", { due_at: later, extended_at: later })).toBe(false)
    expect(asked("stopped", { due_at: "2026-11-20T09:59:59Z" })).toBe(false)
    expect(asked("complete", { due_at: later })).toBe(false)
    expect(asked("complete", { due_at: later, totals: totals({ held: 1 }) })).toBe(true)
    expect(asked("canceled", { due_at: later })).toBe(false)
  })
})

describe("one customer of a request", () => {
  it.each<[PrivacyRequestStatus, SubjectStatus, boolean]>([
    ["complete", "held", true],
    ["in_progress", "failed", true],
    ["complete", "complete", false],
    ["complete", "not_found", false],
    ["stopped", "held", false],
    ["canceled", "failed", false],
  ])("of a %s request, %s: can be retried %s", (status, subject, expected) => {
    expect(canRetrySubject(request(status), { status: subject }, everything)).toBe(expected)
    expect(canRetrySubject(request(status), { status: subject }, { can: () => false })).toBe(false)
  })
})

describe("the view of a request", () => {
  const now = Date.parse("2026-11-20T10:00:00Z")
  const at = (days: number) => new Date(now + days * 86_400_000).toISOString()

  it("is polled only while something runs", () => {
    const running = { status: "in_progress" as const, scheduled_for: null }

    expect(toRequestPollInterval([running, { ...running, status: "complete" }], now)).toBe(1_500)
    expect(toRequestPollInterval([{ ...running, status: "stopped" }], now)).toBe(false)
    expect(toRequestPollInterval(undefined, now)).toBe(false)
  })

  it("of one alone is looked at slowly while it waits for an officer", () => {
    const one = (status: PrivacyRequestStatus) => toRequestPagePollInterval({ status, scheduled_for: null }, now)

    expect([one("stopped"), one("awaiting_approval"), one("in_progress")]).toEqual([5_000, 20_000, 1_500])
    expect([one("complete"), one("canceled"), one("failed")]).toEqual([false, false, false])
    expect(toRequestPagePollInterval(undefined, now)).toBe(false)
  })

  it("is looked at again when a planned start has come", () => {
    const planned = (scheduled_for: string) => [{ status: "scheduled" as const, scheduled_for }]

    expect(toRequestPollInterval(planned(new Date(now + 60_000).toISOString()), now)).toBe(60_000)
    expect(toRequestPollInterval(planned(at(-1)), now)).toBe(15_000)
    expect(toRequestPollInterval(planned(at(60)), now)).toBe(3_600_000)
  })

  it("is not simply complete with customers left over", () => {
    expect(toStatusView(request("complete")).code).toBe("complete")
    expect(toStatusView(request("complete", { failed: 1 }))).toEqual({ code: "complete_open", color: "orange" })
  })

  it("counts whoever is through, whatever came of them", () => {
    expect(countProcessed(totals({ pending: 2, canceled: 3, held: 1 }))).toBe(5)
  })

  it.each<[PrivacyRequestStatus, number, number, string]>([
    ["in_progress", 10, 0, "later"],
    ["in_progress", 4, 0, "near"],
    ["stopped", -1, 0, "over"],
    ["complete", -1, 0, "later"],
    ["complete", -1, 1, "over"],
    ["canceled", -1, 1, "later"],
  ])("%s and due in %d days with %d held is due: %s", (status, days, held, state) => {
    expect(toDueState({ status, due_at: at(days), totals: totals({ held }) }, 5, now)).toBe(state)
  })

  it("is due soon by the days of the option", () => {
    const due = (days: number, nearDays: number) => toDueState({ status: "in_progress", due_at: at(days), totals: totals() }, nearDays, now)
    expect([due(9, 10), due(9, 5), due(1, 0), due(-1, 0)]).toEqual(["near", "later", "later", "over"])
  })
})

describe("the address of a table", () => {
  it("holds texts as JSON or by hand", () => {
    expect(toText('"stopped"')).toBe("stopped")
    expect(toText("stopped")).toBe("stopped")
    expect(toText("[1]")).toBeUndefined()
    expect(toText()).toBeUndefined()
  })

  it("holds ranges in the table's own words", () => {
    expect(toRange('{"$gte":"2026-11-01","$lte":"2026-11-30"}')).toEqual({ gte: "2026-11-01", lte: "2026-11-30" })
    expect(toRange('{"$gte":"2026-11-01"}')).toEqual({ gte: "2026-11-01" })
    expect(toRange("{}")).toBeUndefined()
    expect(toRange("yesterday")).toBeUndefined()
  })
})
