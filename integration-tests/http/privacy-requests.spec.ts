import { newCustomer, storyCustomer } from "../support/customers"
import { ok } from "../support/http"
import { erase } from "../support/requests"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

describe("privacy requests", () => {
  it("are listed newest first, a page at a time", async () => {
    const older = await erase(store, await newCustomer(store))
    const newer = await erase(store, await newCustomer(store))

    const first = await ok(store.officer.get("/admin/privacy-requests?limit=1"))
    const second = await ok(store.officer.get("/admin/privacy-requests?limit=1&offset=1"))

    expect(first).toMatchObject({ limit: 1, offset: 0, count: expect.any(Number), privacy_requests: [{ id: newer.id }] })
    expect(second).toMatchObject({ limit: 1, offset: 1, privacy_requests: [{ id: older.id }] })
  })

  it("are found by customer, type and status", async () => {
    const customer = await newCustomer(store)
    const request = await erase(store, customer, { reason: "Letter of 3 March" })
    const list = async (query: string) => (await ok(store.officer.get(`/admin/privacy-requests?customer_id=${customer.id}&${query}`))).privacy_requests

    expect(await list("type=erasure&status=complete")).toMatchObject([{ id: request.id, reason: "Letter of 3 March" }])
    expect(await list("type=access")).toEqual([])
    expect(await list("status=failed")).toEqual([])
  })

  it("are read with their totals and dates", async () => {
    const request = await erase(store, await newCustomer(store))
    const { privacy_request } = await ok(store.officer.get(`/admin/privacy-requests/${request.id}`))
    expect(privacy_request).toEqual({
      id: request.id, reference: request.reference, type: "erasure", method: "anonymize", profile_id: null, profile_version: null,
      status: "complete", origin: "customer_page", requested_by: expect.stringMatching(/^user_/), requested_by_type: "user", reason: null,
      overrides: [], hold_value: false, format: null, files: 0, files_expire_at: null, error: null, extended_at: null, extension_reason: null, totals: { subjects: 1, pending: 0, complete: 1, held: 0, not_found: 0, failed: 0, canceled: 0 },
      created_at: expect.any(String), started_at: expect.any(String), completed_at: expect.any(String), due_at: expect.any(String),
      scheduled_for: null, approved_by: null, requester: "admin@demo.test", estimate_seconds: null, yields_to_shop: false,
    })
  })

  it("show their subjects by hash and redacted form only", async () => {
    const customer = await newCustomer(store)
    const request = await erase(store, customer)

    const answer = await ok(store.officer.get(`/admin/privacy-requests/${request.id}/subjects`))

    expect(answer).toMatchObject({ count: 1, limit: 20, offset: 0 })
    expect(answer.subjects).toEqual([
      {
        id: expect.stringMatching(/^prvsub_/), request_id: request.id, customer_id: customer.id, identifier_type: "email",
        identifier_redacted: "s***@***.com", identifier_hash: expect.stringMatching(/^k1:[0-9a-f]{64}$/), status: "complete", holds: [],
        footprint: expect.arrayContaining([{ kind: "customers", count: 1 }]), value: [], error: null, processed_at: expect.any(String),
        created_at: expect.any(String),
      },
    ])
    expect(JSON.stringify(answer)).not.toContain(customer.email)
    expect((await ok(store.officer.get(`/admin/privacy-requests/${request.id}/subjects?status=held`))).subjects).toEqual([])
  })

  it("have nothing to retry when all is done", async () => {
    const request = await erase(store, await newCustomer(store))
    const { status, body } = await store.officer.post(`/admin/privacy-requests/${request.id}/retry`)
    expect(status).toBe(409)
    expect(body.message).toMatch(/^Nothing to retry/)
  })

  it("that were held are replaced by a new one for the same customer", async () => {
    const ben = await storyCustomer(store, "ben")
    const first = await erase(store, ben)
    expect(first).toMatchObject({ status: "complete", totals: { held: 1, complete: 0 } })

    const second = await erase(store, ben)

    expect(second.totals).toMatchObject({ held: 1 })
    const { subjects } = await ok(store.officer.get(`/admin/privacy-requests/${first.id}/subjects`))
    expect(subjects).toMatchObject([{ status: "canceled" }])
    expect((await store.officer.post(`/admin/privacy-requests/${first.id}/retry`)).status).toBe(409)
  })

  it.each(["", "/subjects"])("answer 404 when there is none (%s)", async (suffix) => {
    expect((await store.officer.get(`/admin/privacy-requests/prvreq_none${suffix}`)).status).toBe(404)
  })

  it("answer 404 to a retry of none", async () => {
    expect((await store.officer.post("/admin/privacy-requests/prvreq_none/retry")).status).toBe(404)
  })

  it.each(["limit=0", "limit=201", "limit=ten", "offset=-1", "status=done", "type=export", "order=email", "fields=*customer"])(
    "answer 400 to the query ?%s",
    async (query) => {
      const { status, body } = await store.officer.get(`/admin/privacy-requests?${query}`)
      expect(status).toBe(400)
      expect(body.message).toMatch(new RegExp(`Invalid request: .*${query.split("=")[0]}`))
    }
  )
})
