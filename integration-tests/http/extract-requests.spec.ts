import accounts from "../../demo/accounts.json"
import { newCustomer } from "../support/customers"
import { extract, filesOf, openArchive } from "../support/extracts"
import { ok } from "../support/http"
import { finished } from "../support/requests"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

const historyOf = async (id: string): Promise<{ action: string; actor: string | null }[]> =>
  (await ok(store.officer.get(`/admin/privacy-requests/${id}/history`))).history

describe("an extract, like any request,", () => {
  it("has a history: filed, started, extracted, finished, downloaded, and by whom", async () => {
    const request = await extract(store, (await newCustomer(store)).id)
    const [file] = await filesOf(store, request.id)
    await openArchive(store.officer, request.id, file.id)
    const history = await historyOf(request.id)
    expect(history.map(({ action }) => action)).toEqual([
      "extract.downloaded", "request.completed", "extract.completed", "request.started", "extract.requested",
    ])
    expect([history[0].actor, history[4].actor]).toEqual([accounts.admin.email, accounts.admin.email])
  })

  it("takes a failed customer up again alone, into a file of its own", async () => {
    const request = await extract(store, (await newCustomer(store)).id)
    const { subjects } = await ok(store.officer.get(`/admin/privacy-requests/${request.id}/subjects`))
    await store.database.rows("UPDATE privacy_subject SET status = 'failed', file_id = NULL, error = 'Database error 57014' WHERE id = $1", [subjects[0].id])
    expect((await ok(store.officer.get(`/admin/privacy-requests/${request.id}/subjects?reason=failure`))).count).toBe(1)

    const answer = await store.officer.post(`/admin/privacy-requests/${request.id}/subjects/${subjects[0].id}/retry`)

    expect(answer.status).toBe(202)
    expect(await finished(store, request.id)).toMatchObject({ status: "complete", totals: { complete: 1, failed: 0 }, files: 2 })
    expect((await historyOf(request.id)).map(({ action }) => action)).toContain("request.retried")
    const { action } = await store.database.row("SELECT action FROM privacy_audit_entry WHERE subject_id = $1 AND action LIKE '%.retried'", [subjects[0].id])
    expect(action).toBe("extract.retried")
  })

  it("cannot be given more time once it is settled", async () => {
    const request = await extract(store, (await newCustomer(store)).id)
    const answer = await store.officer.post(`/admin/privacy-requests/${request.id}/extend`, { reason: "Many orders." })
    expect([answer.status, answer.body.message]).toEqual([409, "The request is settled: there is no due date to extend."])
  })
})
