import { newCustomer } from "../support/customers"
import { ok } from "../support/http"
import { erase } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

let store: TestStore

beforeAll(async () => {
  store = await startTestStore({
    name: "click_first",
    options: { bulk: { approval: false, undo_minutes: 0, throttle_per_minute: 1, concurrency: 1, yield_to_shop: false } },
  })
})

afterAll(() => store?.stop())

it("a click on a customer page does not wait until a bulk request has ended", async () => {
  const listed = await Promise.all([newCustomer(store), newCustomer(store), newCustomer(store)])
  const { privacy_request: bulk } = await ok(
    store.officer.post("/admin/privacy-requests", { type: "erasure", identifier_type: "email", identifiers: listed.map(({ email }) => email), confirm: listed.length })
  )
  const status = async () => (await ok(store.officer.get(`/admin/privacy-requests/${bulk.id}`))).privacy_request
  await until(async () => (await status()).totals.complete === 1)

  const clicked = await erase(store, await newCustomer(store))

  expect(clicked).toMatchObject({ status: "complete", totals: { complete: 1 } })
  expect(await status()).toMatchObject({ status: "in_progress", totals: { pending: 2 } })
  await ok(store.officer.post(`/admin/privacy-requests/${bulk.id}/stop`))
})
