import fs from "node:fs"
import path from "node:path"
import { Webhook } from "standardwebhooks"
import accounts from "../../demo/accounts.json"
import { newCustomer } from "../support/customers"
import { ok } from "../support/http"
import { startReceiver, type Receiver } from "../support/receiver"
import { erase } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

let store: TestStore
let receiver: Receiver

beforeAll(async () => {
  receiver = await startReceiver()
  store = await startTestStore({ name: "webhooks", options: { webhooks: { allow_http: true, allow_private: true } } })
})

beforeEach(async () => {
  receiver.answer = () => ({ status: 200 })
  receiver.received.length = 0
  await store.database.rows("UPDATE privacy_webhook SET enabled = FALSE")
})

afterAll(async () => {
  await store?.stop()
  await receiver?.stop()
})

const create = (input: object = {}) =>
  ok(store.officer.post("/admin/privacy-webhooks", { url: `${receiver.url}/hook`, event_types: ["user.deleted", "privacy_request.completed"], ...input })) as Promise<{
    privacy_webhook: { id: string; [field: string]: any }
    secret: string
  }>

const deliveries = async (id: string) => (await ok(store.officer.get(`/admin/privacy-webhooks/${id}/deliveries`))).privacy_deliveries as any[]

/** The deliveries of a webhook, once they are as the test waits for. */
async function deliveriesWhen(id: string, isSo: (list: any[]) => boolean) {
  let list: any[] = []
  await until(async () => isSo((list = await deliveries(id))))
  return list
}

const audit = async (id: string) =>
  (await store.database.rows("SELECT action FROM privacy_audit_entry WHERE details ->> 'webhook_id' = $1 ORDER BY created_at", [id])).map(({ action }) => action)

const verified = (secret: string, { body, headers }: { body: string; headers: Record<string, string> }) => new Webhook(secret).verify(body, headers) as any

describe("a webhook", () => {
  it("is told of an erasure and of the request's end: signed, ids and hashes only, once", async () => {
    const { privacy_webhook, secret } = await create({ description: "Our newsletter" })
    const customer = await newCustomer(store, { first_name: "Wanda", last_name: "Webhook", phone: "+49 30 5550134" })
    const request = await erase(store, customer)
    const list = await deliveriesWhen(privacy_webhook.id, (all) => all.length === 2 && all.every(({ status }) => status === "acknowledged"))

    const events = receiver.received.map((one) => verified(secret, one))
    expect(events.sort((a, b) => (a.type < b.type ? 1 : -1))).toEqual([
      {
        type: "user.deleted", timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        data: {
          request_id: request.id, subject_id: expect.stringMatching(/^prvsub_/), reference: request.reference, method: "anonymize",
          customer_ids: [customer.id], customer_count: 1, identifier_hash: expect.stringMatching(/^k1:[0-9a-f]{64}$/),
        },
      },
      {
        type: "privacy_request.completed", timestamp: expect.any(String),
        data: {
          request_id: request.id, reference: request.reference, type: "erasure", method: "anonymize", status: "complete",
          totals: { subjects: 1, pending: 0, complete: 1, held: 0, not_found: 0, failed: 0, canceled: 0 },
        },
      },
    ])
    expect(receiver.received.map(({ headers }) => headers["webhook-id"]).sort()).toEqual(list.map(({ id }) => id).sort())
    expect(receiver.received.map(({ body }) => body).join()).not.toMatch(/Wanda|5550134|@/)
    expect(receiver.received.every(({ body }) => body.length < 20_000)).toBe(true)
    expect(list[0]).toMatchObject({ destination: "webhook", webhook_id: privacy_webhook.id, reference: request.reference, attempts: 1 })
  })

  it("hears only what it listens to", async () => {
    const { privacy_webhook: one } = await create({ event_types: ["privacy_request.completed"] })
    const { privacy_webhook: other } = await create({ event_types: ["extract.ready"] })
    await erase(store, await newCustomer(store))
    expect((await deliveriesWhen(one.id, (all) => all.length > 0)).map(({ event }) => event)).toEqual(["privacy_request.completed"])
    expect(await deliveries(other.id)).toEqual([])
  })

  it("is told when an extract can be downloaded", async () => {
    const { privacy_webhook, secret } = await create({ event_types: ["extract.ready"] })
    const customer = await newCustomer(store)
    const { privacy_request } = await ok(store.officer.post(`/admin/customers/${customer.id}/extract`, { format: "json" }))
    await deliveriesWhen(privacy_webhook.id, ([one]) => one?.status === "acknowledged")
    expect(verified(secret, receiver.received[0])).toMatchObject({
      type: "extract.ready",
      data: { request_id: privacy_request.id, reference: privacy_request.reference, type: "access", status: "complete", totals: { complete: 1 }, files: 1, expires_at: expect.any(String) },
    })
    expect(receiver.received[0].body).not.toMatch(/@|Canary/)
  })

  it("shows its secret once, and nothing of it is stored or listed in plain", async () => {
    const { privacy_webhook, secret } = await create()
    expect(secret).toMatch(/^whsec_/)
    const shown = await ok(store.officer.get(`/admin/privacy-webhooks/${privacy_webhook.id}`))
    const listed = await ok(store.officer.get("/admin/privacy-webhooks"))
    const stored = await store.database.row("SELECT * FROM privacy_webhook WHERE id = $1", [privacy_webhook.id])
    expect(JSON.stringify([shown, listed, stored])).not.toContain(secret.slice(6))
    expect(shown.privacy_webhook).not.toHaveProperty("secret")
    expect(listed.privacy_webhooks[0]).toMatchObject({ id: privacy_webhook.id, enabled: true, disabled_reason: null, last_delivery: null })
  })

  it("signs with both secrets for a day after a rotation, then with the new one alone", async () => {
    const { privacy_webhook: { id }, secret: old } = await create()
    const { secret, privacy_webhook } = await ok(store.officer.post(`/admin/privacy-webhooks/${id}/rotate-secret`))
    expect(Date.parse(privacy_webhook.previous_secret_until) - Date.now()).toBeGreaterThan(86_000_000)
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`))
    await until(async () => receiver.received.length === 1)
    for (const each of [old, secret]) {
      expect(verified(each, receiver.received[0])).toMatchObject({ type: "webhook.test", data: { webhook_id: id } })
    }
    await store.database.rows("UPDATE privacy_webhook SET previous_secret_until = now() WHERE id = $1", [id])
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`))
    await until(async () => receiver.received.length === 2)
    expect(() => verified(old, receiver.received[1])).toThrow(/No matching signature/)
    expect(verified(secret, receiver.received[1])).toBeTruthy()
    expect(await audit(id)).toEqual(["webhook.created", "webhook.secret_rotated", "webhook.tested", "webhook.tested"])
  })

  it("is tried again on the schedule under the same id, with a new timestamp and signature; the log shows each try, its answer redacted", async () => {
    const { privacy_webhook: { id }, secret } = await create()
    receiver.answer = () => ({ status: receiver.received.length < 3 ? 500 : 204, body: receiver.received.length < 3 ? '{"error":"jane@example.com is unknown"}' : "" })
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`))
    const [first] = await deliveriesWhen(id, ([one]) => one?.attempts === 1)
    expect(first).toMatchObject({ status: "pending", error: "The receiver answered 500." })
    expect(Date.parse(first.next_attempt_at) - Date.now()).toBeLessThan(5_100)
    // The second try comes by itself, five seconds later.
    const [second] = await deliveriesWhen(id, ([one]) => one.attempts === 2)
    expect(receiver.received[1].at - receiver.received[0].at).toBeGreaterThan(4_500)
    expect(Date.parse(second.next_attempt_at) - Date.now()).toBeGreaterThan(295_000)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    await ok(store.officer.post(`/admin/privacy-deliveries/${second.id}/retry`))
    await deliveriesWhen(id, ([one]) => one.status === "acknowledged")
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([first.id]))
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-signature"])).size).toBe(3)
    receiver.received.forEach((one) => expect(verified(secret, one)).toBeTruthy())
    const { privacy_delivery } = await ok(store.officer.get(`/admin/privacy-deliveries/${first.id}`))
    expect(privacy_delivery.log.map(({ outcome, status_code, error, response }: any) => [outcome, status_code, error, response])).toEqual([
      ["ok", 204, null, null],
      ["error", 500, "The receiver answered 500.", '{"error":"…"}'],
      ["error", 500, "The receiver answered 500.", '{"error":"…"}'],
    ])
  })

  it("can be told again, under the same id", async () => {
    const { privacy_webhook: { id } } = await create()
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`))
    const [one] = await deliveriesWhen(id, ([each]) => each?.status === "acknowledged")
    const again = await store.officer.post(`/admin/privacy-webhooks/${id}/deliveries/${one.id}/redeliver`)
    expect(again.status).toBe(202)
    await until(async () => receiver.of(one.id).length === 2)
    await deliveriesWhen(id, ([each]) => each?.status === "acknowledged")
    expect((await store.officer.post(`/admin/privacy-webhooks/prvwh_none/deliveries/${one.id}/redeliver`)).status).toBe(404)
  })

  it("that answers 429 is left alone as long as it asks", async () => {
    const { privacy_webhook: { id } } = await create()
    receiver.answer = () => ({ status: 429, headers: { "retry-after": "900" } })
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`))
    const [one] = await deliveriesWhen(id, ([each]) => each?.attempts === 1)
    expect(Date.parse(one.next_attempt_at) - Date.now()).toBeGreaterThan(890_000)
    expect(one.status).toBe("pending")
  })

  it("that answers 410 is switched off, with a notification; what comes later fails with a word on what to do", async () => {
    const { privacy_webhook: { id } } = await create()
    receiver.answer = () => ({ status: 410 })
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`))
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`)).catch(() => undefined)
    await deliveriesWhen(id, ([one]) => one?.status === "failed")
    const { privacy_webhook } = await ok(store.officer.get(`/admin/privacy-webhooks/${id}`))
    expect(privacy_webhook).toMatchObject({ enabled: false, disabled_reason: "gone" })
    await until(async () => (await store.database.rows(`SELECT 1 FROM notification WHERE channel = 'feed' AND data ->> 'description' LIKE $1`, [`${id}: %410%`])).length === 1)
    expect((await store.officer.post(`/admin/privacy-webhooks/${id}/send-test`)).body.message).toMatch(/switched off\. Enable it/)
    expect(await audit(id)).toContain("webhook.disabled")
  })

  it("that fails for days is switched off; enabled again, it gets a fresh start", async () => {
    const { privacy_webhook: { id } } = await create()
    receiver.answer = () => ({ status: 503 })
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`))
    await deliveriesWhen(id, ([one]) => one?.attempts === 1)
    expect((await ok(store.officer.get(`/admin/privacy-webhooks/${id}`))).privacy_webhook).toMatchObject({ enabled: true, failing_since: expect.any(String) })
    await store.database.rows("UPDATE privacy_webhook SET failing_since = now() - interval '5 days' WHERE id = $1", [id])
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`))
    await until(async () => !(await ok(store.officer.get(`/admin/privacy-webhooks/${id}`))).privacy_webhook.enabled)
    expect((await ok(store.officer.get(`/admin/privacy-webhooks/${id}`))).privacy_webhook).toMatchObject({ disabled_reason: "failing" })

    receiver.answer = () => ({ status: 200 })
    const { privacy_webhook } = await ok(store.officer.post(`/admin/privacy-webhooks/${id}`, { enabled: true }))
    expect(privacy_webhook).toMatchObject({ enabled: true, disabled_reason: null, failing_since: null })
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`))
    await until(async () => (await deliveries(id)).some(({ status }) => status === "acknowledged"))
  })

  it("that is deleted is told nothing more", async () => {
    const { privacy_webhook: { id } } = await create()
    receiver.answer = () => ({ status: 500 })
    await ok(store.officer.post(`/admin/privacy-webhooks/${id}/send-test`))
    const [one] = await deliveriesWhen(id, ([each]) => each?.attempts === 1)
    await ok(store.officer.delete(`/admin/privacy-webhooks/${id}`))
    expect((await store.officer.get(`/admin/privacy-webhooks/${id}`)).status).toBe(404)
    await ok(store.officer.post(`/admin/privacy-deliveries/${one.id}/retry`))
    await until(async () => (await ok(store.officer.get(`/admin/privacy-deliveries/${one.id}`))).privacy_delivery.error === "The webhook was deleted.")
    expect(receiver.of(one.id)).toHaveLength(1)
    expect(await store.database.row("SELECT secret, previous_secret FROM privacy_webhook WHERE id = $1", [id])).toEqual({ secret: "", previous_secret: null })
    expect(await audit(id)).toEqual(["webhook.created", "webhook.tested", "webhook.deleted"])
  })

  it.each([
    [{ url: "ftp://example.com" }, /URL must begin with https/],
    [{ url: "https://user:pw@example.com" }, /must not carry a user name/],
    [{ url: "hooks" }, /is not a URL/],
    [{ event_types: [] }, /event_types/],
    [{ event_types: ["user.created"] }, /event_types/],
    [{ secret: "mine" }, /[Uu]nrecognized/],
  ])("is not made of %j", async (input, message) => {
    const { status, body } = await store.officer.post("/admin/privacy-webhooks", { url: "https://example.com", event_types: ["user.deleted"], ...input })
    expect(status).toBe(400)
    expect(body.message).toMatch(message)
  })
})

describe("the demo's receiver", () => {
  it("enters itself into the store, also at a second start elsewhere, and shows what it is told", async () => {
    const demo = await import("../../scripts/lib/webhook-receiver.mjs" as string)
    const file = path.resolve(".test/demo-webhook.json")
    fs.rmSync(file, { force: true })
    const before = (await ok(store.officer.get("/admin/privacy-webhooks"))).count
    for (const _start of [1, 2]) {
      const events: any[] = []
      const watched = await demo.startReceiver({ onEvent: (event: any) => events.push(event) })
      await demo.enterReceiver({ storeUrl: store.url, admin: accounts.admin, receiver: watched, file })
      const { privacy_webhooks, count } = await ok(store.officer.get("/admin/privacy-webhooks"))
      expect(count).toBe(before + 1)
      expect(privacy_webhooks[0]).toMatchObject({ url: watched.hook, enabled: true })
      await ok(store.officer.post(`/admin/privacy-webhooks/${privacy_webhooks[0].id}/send-test`))
      await until(async () => events.length > 0)
      expect(events.map(({ type }) => type)).toEqual(["webhook.test"])
      expect(await (await fetch(watched.url)).text()).toContain("webhook.test")
      expect((await fetch(watched.hook, { method: "POST", body: "{}" })).status).toBe(401)
      watched.stop()
    }
  })
})

describe("the hook `erased`", () => {
  it("is called after the commit, once, with ids and hash", async () => {
    const customer = await newCustomer(store)
    const request = await erase(store, customer)
    const workflow = async () => (await ok(store.officer.get(`/admin/privacy-deliveries?request_id=${request.id}&destination=workflow`))).privacy_deliveries
    await until(async () => (await workflow())[0]?.status === "sent")
    const [{ id }] = await workflow()
    // demo/src/workflows/hooks/after-erasure.ts
    const called = fs.readFileSync(store.log, "utf8").split("\n").filter((line) => line.includes(`After the erasure of ${customer.id}: hook called for ${id}`))
    expect(called).toHaveLength(1)
  })
})

describe("the deliveries", () => {
  it("are listed by destination, status, request, subject and part of a reference", async () => {
    const { privacy_webhook: { id } } = await create({ event_types: ["user.deleted"] })
    const request = await erase(store, await newCustomer(store))
    const [one] = await deliveriesWhen(id, ([each]) => each?.status === "acknowledged")
    const list = async (query: string) => (await ok(store.officer.get(`/admin/privacy-deliveries?${query}`))).privacy_deliveries.map((each: any) => [each.destination, each.status])
    await until(async () => (await list(`request_id=${request.id}`)).every(([, status]: string[]) => status !== "pending"))
    expect((await list(`request_id=${request.id}`)).sort()).toEqual([["event_bus", "sent"], ["webhook", "acknowledged"], ["workflow", "sent"]])
    expect(await list(`subject_id=${one.subject_id}&destination=webhook`)).toEqual([["webhook", "acknowledged"]])
    expect(await list(`q=${request.reference.slice(3).toLowerCase()}&status=acknowledged`)).toEqual([["webhook", "acknowledged"]])
    expect(await list(`request_id=${request.id}&destination=copies`)).toEqual([["copies", "sent"]])
    expect(await list(`request_id=${request.id}&overdue=true`)).toEqual([])
    expect((await store.officer.get("/admin/privacy-deliveries?status=lost")).status).toBe(400)
  })

  it("are acknowledged and abandoned by hand, and not twice", async () => {
    const { privacy_webhook: { id } } = await create({ event_types: ["user.deleted"] })
    receiver.answer = () => ({ status: 500 })
    await erase(store, await newCustomer(store))
    await erase(store, await newCustomer(store))
    const [one, two] = await deliveriesWhen(id, (all) => all.length === 2 && all.every(({ attempts }) => attempts > 0))
    expect((await ok(store.officer.post(`/admin/privacy-deliveries/${one.id}/acknowledge`))).privacy_delivery).toMatchObject({ status: "acknowledged", next_attempt_at: null })
    expect((await ok(store.officer.post(`/admin/privacy-deliveries/${two.id}/abandon`))).privacy_delivery).toMatchObject({ status: "abandoned" })
    const { status, body } = await store.officer.post(`/admin/privacy-deliveries/${two.id}/retry`)
    expect([status, body.message]).toEqual([409, "The delivery is abandoned: retry is possible only while it is pending or sent or failed."])
    expect((await store.officer.post("/admin/privacy-deliveries/prvdel_none/retry")).status).toBe(404)
  })
})
