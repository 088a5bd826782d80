import fs from "node:fs"
import path from "node:path"
import { newCustomer } from "../support/customers"
import { segmentKeys, startSegment, type FakeSegment } from "../support/fake-segment"
import { startStripe, stripeKeys, type FakeStripe } from "../support/fake-stripe"
import { extract, openArchives, parsed } from "../support/extracts"
import { ok } from "../support/http"
import { startReceiver } from "../support/receiver"
import { erase } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

const NEWSLETTER = path.resolve(__dirname, "../support/newsletter.cjs")
const file = path.resolve(".test/newsletter.jsonl")

let store: TestStore
let stripe: FakeStripe
let segment: FakeSegment

beforeAll(async () => {
  fs.rmSync(file, { force: true })
  ;[stripe, segment] = await Promise.all([startStripe(), startSegment()])
  store = await startTestStore({
    name: "destinations",
    options: {
      webhooks: { allow_http: true },
      destinations: [
        { resolve: "medusa-plugin-privacy/providers/stripe", id: "stripe", options: { ...stripeKeys, api_host: stripe.url } },
        { resolve: "medusa-plugin-privacy/providers/segment", id: "segment", options: { ...segmentKeys, tracking_host: segment.url, api_host: segment.url, poll_seconds: 0.1 } },
        { resolve: NEWSLETTER, id: "newsletter", deadline_days: 3, options: { file } },
      ],
    },
  })
})

afterAll(async () => {
  await store?.stop()
  await Promise.all([stripe?.stop(), segment?.stop()])
})

describe("the destinations in the options of a store", () => {
  it("are told of an erasure, each what it needs, and what they did is shown", async () => {
    const customer = await newCustomer(store)
    await store.database.rows("INSERT INTO account_holder (id, provider_id, external_id, email, data) VALUES ('acchld_told', 'pp_stripe_stripe', 'cus_told', $1, '{}')", [customer.email])
    await store.database.rows("INSERT INTO customer_account_holder (id, customer_id, account_holder_id) VALUES ('cah_told', $1, 'acchld_told')", [customer.id])
    stripe.state.add("cus_told", { subscriptions: ["active"] })

    const request = await erase(store, customer)
    const list = async () =>
      (await ok(store.officer.get(`/admin/privacy-deliveries?request_id=${request.id}`))).privacy_deliveries.filter(({ deadline_at }: any) => deadline_at)
    await until(async () => (await list()).length === 3 && (await list()).every(({ status }: any) => status === "acknowledged"), 40_000)

    const told = Object.fromEntries((await list()).map((delivery: any) => [delivery.destination, delivery]))
    expect(Object.keys(told).sort()).toEqual(["newsletter", "segment", "stripe"])
    expect(stripe.state.effects).toEqual(["cancel sub_cus_told_0", "delete cus_told"])
    expect([...segment.state.tracked]).toEqual([[told.segment.id, customer.id]])
    expect([...segment.state.regulations.values()].map(({ ids }) => ids)).toEqual([[customer.id]])
    expect(fs.readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line))).toEqual([
      { identifiers: { customer_ids: [], emails: [customer.email.toLowerCase()], account_holders: [] }, idempotency_key: told.newsletter.id, reference: request.reference },
    ])
    expect(told.stripe.result.removed).toEqual([{ what: "Stripe subscription", count: 1 }, { what: "Stripe customer", count: 1 }])
    expect(Date.parse(told.newsletter.deadline_at) - Date.parse(told.newsletter.created_at)).toBe(3 * 86_400_000)
    // Nothing of it stays in the database, nor in the log.
    const stored = await store.database.rows("SELECT d::text AS delivery FROM privacy_delivery AS d WHERE request_id = $1", [request.id])
    expect(JSON.stringify(stored)).not.toMatch(/cus_told/)
    expect(JSON.stringify(stored)).not.toContain(customer.email)
    expect(fs.readFileSync(store.log, "utf8")).not.toContain(customer.email)
    expect((await ok(store.officer.get("/admin/privacy-deliveries"))).destinations).toEqual(["stripe", "segment", "newsletter"])
  })

  it("are asked what they hold when a customer's data is extracted", async () => {
    const customer = await newCustomer(store)
    await store.database.rows("INSERT INTO account_holder (id, provider_id, external_id, email, data) VALUES ('acchld_asked', 'pp_stripe_stripe', 'cusAsked', $1, '{}')", [customer.email])
    await store.database.rows("INSERT INTO customer_account_holder (id, customer_id, account_holder_id) VALUES ('cah_asked', $1, 'acchld_asked')", [customer.id])
    stripe.state.add("cusAsked", { subscriptions: ["active"] })

    const request = await extract(store, customer.id, "csv")

    expect(request).toMatchObject({ status: "complete", error: null, totals: { complete: 1 } })
    const [archive] = await openArchives(store, request.id)
    expect([...archive.keys()].filter((name) => name.includes("/recipients/")).sort()).toEqual(["carla_canary/recipients/newsletter.json", "carla_canary/recipients/stripe.json"])
    expect(parsed(archive.get("carla_canary/recipients/newsletter.json"))).toMatchObject({
      destination: "newsletter", records: [{ kind: "subscription", data: { email: customer.email, list: "weekly" } }], complete: true,
    })
    expect(parsed(archive.get("carla_canary/recipients/stripe.json")).records.map(({ data }: { data: { id: string } }) => data.id)).toEqual(["cusAsked", "sub_cusAsked_0"])

    // Stripe is down: the archive comes without, and says so wherever somebody looks.
    stripe.fault = () => ({ status: 500, json: { error: { type: "api_error", message: "cusAsked cannot be read" } } })
    const again = await extract(store, customer.id)
    stripe.fault = () => undefined
    expect(again).toMatchObject({ status: "complete", totals: { complete: 1 } })
    const { subjects } = await ok(store.officer.get(`/admin/privacy-requests/${again.id}/subjects`))
    expect(subjects[0]).toMatchObject({ status: "complete", error: expect.stringMatching(/What "stripe" holds is not all in the archive\. Stripe did not do it \(StripeAPIError\)/) })
    const { timeline } = (await ok(store.officer.get(`/admin/customers/${customer.id}/privacy`))).customer_privacy
    expect(timeline).toContainEqual(expect.objectContaining({ action: "extract.incomplete", request_id: again.id }))
    expect(fs.readFileSync(store.log, "utf8")).not.toMatch(/cusAsked/)
  })

  it("are not the only ones guarded: a webhook does not reach this machine, neither entered so nor changed into it later", async () => {
    const receiver = await startReceiver()
    for (const url of [receiver.url, receiver.url.replace("127.0.0.1", "localhost"), receiver.url.replace("127.0.0.1", "2130706433"), "https://10.0.0.1/", "https://[::1]/"]) {
      const { status, body } = await store.officer.post("/admin/privacy-webhooks", { url, event_types: ["user.deleted"] })
      expect([status, body.message]).toEqual([400, "The webhook's URL leads to a private, local or reserved address. Give a public https:// address."])
    }
    const { privacy_webhook } = await ok(store.officer.post("/admin/privacy-webhooks", { url: "https://hooks.example.com/", event_types: ["user.deleted"] }))
    await store.database.rows("UPDATE privacy_webhook SET url = $2 WHERE id = $1", [privacy_webhook.id, receiver.url])
    await ok(store.officer.post(`/admin/privacy-webhooks/${privacy_webhook.id}/send-test`))
    const deliveries = async () => (await ok(store.officer.get(`/admin/privacy-webhooks/${privacy_webhook.id}/deliveries`))).privacy_deliveries
    await until(async () => (await deliveries())[0]?.attempts > 0)
    expect((await deliveries())[0].error).toBe("The URL leads to a private, local or reserved address, which webhooks must not call.")
    expect(receiver.received).toEqual([])
    await receiver.stop()
  })

  it.each([
    ["options a destination refuses", { resolve: NEWSLETTER, id: "newsletter", options: {} }, /The newsletter destination needs the option `file`\./],
    ["needs that there are not", { resolve: NEWSLETTER, id: "newsletter", options: { file, needs: ["shoe_size"] } }, /the destination "newsletter" must say under `needs` what it knows a subject by: customer_id, email, account_holder/],
    ["a name the plugin uses itself", { resolve: NEWSLETTER, id: "webhook", options: { file } }, /destinations\.0\.id: must not be one of event_bus/],
  ])("stop the start with %s", async (_, wrong, message) => {
    await expect(startTestStore({ name: "wrong_destination", databaseUrl: store.databaseUrl, options: { destinations: [wrong] } })).rejects.toThrow(/stopped while it was starting/)
    const logs = fs.readdirSync(path.resolve(".test")).filter((name) => name.startsWith("store-wrong_destination"))
    const last = logs.map((name) => path.resolve(".test", name)).sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0]
    expect(fs.readFileSync(last, "utf8")).toMatch(message)
  })
})
