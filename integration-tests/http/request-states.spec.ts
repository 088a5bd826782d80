import { REQUEST_STATUSES, TRANSITIONS, type RequestAction, type RequestStatus } from "../../src/modules/privacy/requests/transitions"
import accounts from "../../demo/accounts.json"
import { ok, type Http } from "../support/http"
import { finished } from "../support/requests"
import { register } from "../support/shopper"
import { startTestStore, type TestStore } from "../support/test-store"

const STAFF = "staff@demo.test"

let store: TestStore
let approver: Http

beforeAll(async () => {
  store = await startTestStore({
    name: "states",
    options: {
      officers: [
        { user: accounts.admin.email, permissions: ["all"] },
        { user: STAFF, permissions: ["view", "approve"] },
      ],
      chunk_size: 3,
      bulk: { approval: true, undo_minutes: 0, throttle_per_minute: 0, concurrency: 2, yield_to_shop: false },
    },
  })
  const { token } = await ok(store.anonymous.post("/auth/user/emailpass", { email: STAFF, password: accounts.customers.password }))
  approver = store.anonymous.as(token)
})

afterAll(() => store?.stop())

let made = 0

/** A request in a state, as a crash or an officer may have left it; its subjects wait for a customer who does not exist. */
async function requestIn(status: RequestStatus, subject: string): Promise<string> {
  made += 1
  const id = `prvreq_state_${made}`
  await store.database.rows(
    `INSERT INTO privacy_request (id, reference, type, method, status, origin, requested_by, requested_by_type, due_at, scheduled_for)
     VALUES ($1, $1, 'erasure', 'anonymize', $2, 'bulk', 'user_somebody', 'user', now(), CASE WHEN $2 = 'scheduled' THEN now() + interval '1 day' END)`,
    [id, status]
  )
  await store.database.rows(
    `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier_hash, identifier_redacted, pseudonym, status)
     VALUES ($1, $2, 'cus_nobody', 'customer_id', 'k1:0', 'x', 'erased-x', $3)`,
    [`prvsub_state_${made}`, id, subject]
  )
  return id
}

const actions = Object.keys(TRANSITIONS) as RequestAction[]
const table = REQUEST_STATUSES.flatMap((status) =>
  actions.map((action) => [status, action, (TRANSITIONS[action] as readonly RequestStatus[]).includes(status)] as const)
)

describe("every state and every action", () => {
  it.each(table)("%s, %s: allowed %s", async (status, action, allowed) => {
    const id = await requestIn(status, action === "retry" ? "failed" : "complete")
    const officer = action === "approve" ? approver : store.officer

    const answer = await officer.post(`/admin/privacy-requests/${id}/${action}`)

    expect(answer.status).toBe(allowed ? (action === "retry" ? 202 : 200) : 409)
    if (!allowed) {
      expect(answer.body.message).toMatch(/possible only while it is/)
      const { status: unchanged } = await store.database.row("SELECT status FROM privacy_request WHERE id = $1", [id])
      // A pending or running request without open subjects may be closed by the workers meanwhile.
      expect([status, "complete"]).toContain(unchanged)
    }
  })

  it.each(actions)("%s of an unknown request: 404", async (action) => {
    const officer = action === "approve" ? approver : store.officer
    expect((await officer.post(`/admin/privacy-requests/prvreq_none/${action}`)).status).toBe(404)
  })

  it("retry needs a held or failed subject", async () => {
    const id = await requestIn("complete", "complete")
    const answer = await store.officer.post(`/admin/privacy-requests/${id}/retry`)
    expect([answer.status, answer.body.message]).toEqual([409, "Nothing to retry: no subject of this request is held or failed."])
  })
})

async function fileOf(count: number, rest: object = {}, officer = store.officer) {
  const identifiers: string[] = []
  for (let index = 0; index < count; index += 1) {
    identifiers.push((await register(store)).email)
  }
  const body = { type: "erasure", identifier_type: "email", identifiers, ...rest }
  const { preview } = await ok(officer.post("/admin/privacy-requests/preview", body))
  const { privacy_request } = await ok(
    officer.post("/admin/privacy-requests", { ...body, plan_hash: preview.plan_hash, confirm: count })
  )
  return privacy_request
}

const stateOf = async (id: string) => (await ok(store.officer.get(`/admin/privacy-requests/${id}`))).privacy_request

describe("a second officer", () => {
  it("must approve, and never the one who asked", async () => {
    const request = await fileOf(2)
    expect(request.status).toBe("awaiting_approval")
    expect((await store.officer.post(`/admin/privacy-requests/${request.id}/approve`)).status).toBe(403)
    expect((await approver.post(`/admin/privacy-requests/${request.id}/stop`)).status).toBe(403)
    expect(await stateOf(request.id)).toMatchObject({ status: "awaiting_approval", totals: { pending: 2 } })

    await ok(approver.post(`/admin/privacy-requests/${request.id}/approve`))

    expect(await finished(store, request.id)).toMatchObject({ status: "complete", totals: { complete: 2 } })
  })
})

describe("stopping and resuming", () => {
  it("never redoes what is done and ends with exact counts", async () => {
    const request = await fileOf(12)
    await ok(approver.post(`/admin/privacy-requests/${request.id}/approve`))
    for (let turn = 0; turn < 10; turn += 1) {
      const stopped = await store.officer.post(`/admin/privacy-requests/${request.id}/stop`)
      if (stopped.status === 200) {
        const before = await stateOf(request.id)
        expect(before.status).toBe("stopped")
        await ok(store.officer.post(`/admin/privacy-requests/${request.id}/resume`))
      }
    }
    expect(await finished(store, request.id)).toMatchObject({ totals: { subjects: 12, complete: 12, pending: 0 } })
    const { completed, ledger, events } = await store.database.row(
      `SELECT (SELECT count(*)::int FROM privacy_audit_entry WHERE request_id = $1 AND action = 'erasure.completed') AS completed,
         (SELECT count(*)::int FROM privacy_ledger_entry WHERE request_id = $1) AS ledger,
         (SELECT count(*)::int FROM privacy_delivery WHERE request_id = $1 AND event = 'privacy.user_deleted') AS events`,
      [request.id]
    )
    expect({ completed, ledger, events }).toEqual({ completed: 12, ledger: 12, events: 12 })
  })

  it("a canceled request touches nobody and forgets the identifiers", async () => {
    const request = await fileOf(2)
    await ok(store.officer.post(`/admin/privacy-requests/${request.id}/cancel`))
    const subjects = await store.database.rows("SELECT status, identifier FROM privacy_subject WHERE request_id = $1", [request.id])
    expect(subjects).toEqual([
      { status: "canceled", identifier: null },
      { status: "canceled", identifier: null },
    ])
  })

  it("a scheduled request waits for its time", async () => {
    const request = await fileOf(1, {})
    await store.database.rows("UPDATE privacy_request SET scheduled_for = now() + interval '1 hour' WHERE id = $1", [request.id])
    await ok(approver.post(`/admin/privacy-requests/${request.id}/approve`))
    expect((await stateOf(request.id)).status).toBe("scheduled")
  })
})

describe("the history of a request", () => {
  it("says who did what, from the filing to the end", async () => {
    const request = await fileOf(2)
    const officer = accounts.admin.email
    await ok(approver.post(`/admin/privacy-requests/${request.id}/approve`))
    await finished(store, request.id)
    const { history } = await ok(approver.get(`/admin/privacy-requests/${request.id}/history`))
    expect(history.map(({ action, actor }: { action: string; actor: string }) => [action, actor])).toEqual([
      ["request.completed", null],
      ["request.started", null],
      ["request.approved", STAFF],
      ["erasure.requested", officer],
    ])
    expect(history[0]).toEqual({
      id: expect.any(String), action: "request.completed", at: expect.any(String), actor: null, message: "request.completed", request_id: request.id,
    })
  })

  it("has every stop, resume and cancellation", async () => {
    const request = await fileOf(1)
    const change = (action: string) => ok(store.officer.post(`/admin/privacy-requests/${request.id}/${action}`))
    await store.database.rows("UPDATE privacy_request SET scheduled_for = now() + interval '1 hour' WHERE id = $1", [request.id])
    await ok(approver.post(`/admin/privacy-requests/${request.id}/approve`))
    for (const action of ["stop", "resume", "cancel"]) {
      await change(action)
    }
    const { history } = await ok(store.officer.get(`/admin/privacy-requests/${request.id}/history`))
    expect(history.map(({ action }: { action: string }) => action)).toEqual([
      "request.canceled", "request.resumed", "request.stopped", "request.approved", "erasure.requested",
    ])
  })

  it("of an unknown request: 404", async () => {
    expect((await store.officer.get("/admin/privacy-requests/prvreq_none/history")).status).toBe(404)
  })
})

describe("one subject alone", () => {
  const subjectsOf = async (id: string, query = "") => (await ok(store.officer.get(`/admin/privacy-requests/${id}/subjects?limit=50${query}`))).subjects

  /** Ended with two customers under a legal hold. */
  async function heldRequest() {
    const request = await fileOf(2)
    const subjects = await subjectsOf(request.id)
    for (const { customer_id } of subjects) {
      await ok(store.officer.post(`/admin/customers/${customer_id}/legal-hold`, { reason: "A dispute" }))
    }
    await ok(approver.post(`/admin/privacy-requests/${request.id}/approve`))
    await finished(store, request.id)
    return { request, subjects }
  }

  it("is retried while the others stay as they are", async () => {
    const { request, subjects } = await heldRequest()
    const [one, two] = subjects
    await ok(store.officer.delete(`/admin/customers/${one.customer_id}/legal-hold`))
    await ok(store.officer.delete(`/admin/customers/${two.customer_id}/legal-hold`))

    const answer = await store.officer.post(`/admin/privacy-requests/${request.id}/subjects/${one.id}/retry`)

    expect([answer.status, answer.body.privacy_request.id]).toEqual([202, request.id])
    expect(await finished(store, request.id)).toMatchObject({ totals: { complete: 1, held: 1, pending: 0 } })
    expect((await subjectsOf(request.id)).map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual([
      [one.id, "complete"],
      [two.id, "held"],
    ])
    const audit = await store.database.rows(
      "SELECT action, subject_id, details FROM privacy_audit_entry WHERE request_id = $1 AND action LIKE '%.retried' ORDER BY action",
      [request.id]
    )
    expect(audit).toEqual([
      { action: "erasure.retried", subject_id: one.id, details: null },
      { action: "request.retried", subject_id: null, details: { subjects: 1 } },
    ])
    // Now it is done; and the other one, of another request, is not found.
    const again = await store.officer.post(`/admin/privacy-requests/${request.id}/subjects/${one.id}/retry`)
    expect([again.status, again.body.message]).toEqual([409, "The subject is complete: only one that is held or failed can be tried again."])
    expect((await store.officer.post(`/admin/privacy-requests/prvreq_none/subjects/${two.id}/retry`)).status).toBe(404)
    expect((await store.officer.post(`/admin/privacy-requests/${request.id}/subjects/prvsub_none/retry`)).status).toBe(404)
  })

  it.each(["awaiting_approval", "scheduled", "stopped", "canceled"] as const)("is not retried while its request is %s", async (status) => {
    const id = await requestIn(status, "failed")
    const answer = await store.officer.post(`/admin/privacy-requests/${id}/subjects/prvsub_state_${made}/retry`)
    expect(answer.status).toBe(409)
    expect(answer.body.message).toMatch(/only while it is pending or in progress or complete or failed/)
  })

  it("is found by status and by reason", async () => {
    const { request, subjects } = await heldRequest()
    await store.database.rows("UPDATE privacy_subject SET status = 'failed', error = 'Database error 22001', holds = NULL WHERE id = $1", [subjects[1].id])
    const found = async (query: string) => (await subjectsOf(request.id, query)).map(({ id }: { id: string }) => id)
    expect(await found("&reason=legal_hold")).toEqual([subjects[0].id])
    expect(await found("&reason=open_order")).toEqual([])
    expect(await found("&reason=failure")).toEqual([subjects[1].id])
    expect(await found("&status=held&reason=failure")).toEqual([])
    expect(await found("&status=held&reason=legal_hold")).toEqual([subjects[0].id])
    expect((await store.officer.get(`/admin/privacy-requests/${request.id}/subjects?reason=weather`)).status).toBe(400)
  })
})

describe("an extension of the due date", () => {
  it("is written down with its reason and shown", async () => {
    const request = await fileOf(1)
    const { privacy_request } = await ok(store.officer.post(`/admin/privacy-requests/${request.id}/extend`, { reason: "Many orders." }))
    expect(privacy_request).toMatchObject({ extension_reason: "Many orders.", extended_at: expect.any(String) })
    expect(Date.parse(privacy_request.due_at) - Date.parse(request.due_at)).toBeGreaterThan(58 * 86_400_000)
    const again = await store.officer.post(`/admin/privacy-requests/${request.id}/extend`, { reason: "Again." })
    expect([again.status, again.body.message]).toEqual([409, "The due date was extended before, which is possible once."])
    const { history } = await ok(store.officer.get(`/admin/privacy-requests/${request.id}/history`))
    expect(history[0]).toMatchObject({ action: "request.extended", actor: accounts.admin.email })
  })

  it("needs a reason", async () => {
    const request = await fileOf(1)
    expect((await store.officer.post(`/admin/privacy-requests/${request.id}/extend`, { reason: " " })).status).toBe(400)
    expect((await store.officer.post("/admin/privacy-requests/prvreq_none/extend", { reason: "x" })).status).toBe(404)
  })
})

describe("the list of requests", () => {
  it("is narrowed by status, reference, requester and date, and sorted", async () => {
    const { privacy_requests, count } = await ok(store.officer.get("/admin/privacy-requests?status=complete&order=created_at&limit=5"))
    expect(privacy_requests.length).toBeGreaterThan(0)
    expect(count).toBeGreaterThanOrEqual(privacy_requests.length)
    expect(privacy_requests.every(({ status }: { status: string }) => status === "complete")).toBe(true)
    const own = await ok(store.officer.get(`/admin/privacy-requests?q=${privacy_requests[0].reference.slice(0, 20)}`))
    expect(own.privacy_requests.map(({ id }: { id: string }) => id)).toContain(privacy_requests[0].id)
    expect((await ok(store.officer.get("/admin/privacy-requests?created_at[gte]=2999-01-01"))).count).toBe(0)
    expect((await store.officer.get("/admin/privacy-requests?order=status")).status).toBe(400)
    expect((await store.officer.get("/admin/privacy-requests?created_at[gte]=yesterday")).status).toBe(400)
  })
})

it.each([
  ["en", "1 erased."],
  ["de-AT,de;q=0.9,en;q=0.5", "1 gelöscht."],
])("rings the bell in the admin at the end, in the language of whoever filed it: %s", async (language, words) => {
  const request = await fileOf(1, {}, store.officer.with({ "accept-language": language }))
  await ok(approver.post(`/admin/privacy-requests/${request.id}/approve`))
  await finished(store, request.id)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const { data } = await store.database.row("SELECT data FROM notification WHERE channel = 'feed' AND data ->> 'title' LIKE $1", [
    `%${request.reference}%`,
  ])
  expect(data.description).toBe(words)
})
