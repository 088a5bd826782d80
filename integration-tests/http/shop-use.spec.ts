import { sharedStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

it("a shopper's request is noted for bulk requests to make way, an officer's is not", async () => {
  const noted = () => store.database.rows("SELECT 1 FROM privacy_pace WHERE id = 'shop' AND at > now() - interval '15 seconds'")
  await store.database.rows("DELETE FROM privacy_pace")
  expect((await store.officer.get("/admin/privacy-requests")).status).toBe(200)
  expect(await noted()).toEqual([])

  await until(async () => {
    expect((await store.shop.get("/store/regions")).status).toBe(200)
    return (await noted()).length === 1
  })
})
