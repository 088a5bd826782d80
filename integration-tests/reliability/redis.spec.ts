import { openAccount, ordering, readShop } from "../acceptance/canary/life"
import { inventPerson } from "../acceptance/canary/person"
import { matcher } from "../acceptance/canary/rows"
import { wordsOf } from "../acceptance/canary/words"
import { makeCrowd } from "../support/crowd"
import { ok } from "../support/http"
import { openRedisCache, type RedisCache } from "../support/redis-cache"
import { startRedis, type RedisServer } from "../support/redis-server"
import { delivered, erase, finished } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

let redis: RedisServer
let cache: RedisCache
let store: TestStore

beforeAll(async () => {
  redis = await startRedis()
  cache = await openRedisCache(redis.url)
  store = await startTestStore({ name: "redis", options: { chunk_size: 20 }, env: { DEMO_REDIS_URL: redis.url } })
})

afterAll(async () => {
  await store?.stop()
  cache?.close()
  await redis?.stop()
})

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Keys of Redis that name somebody, or under which somebody is named. */
async function keysWith(words: string[]): Promise<string[]> {
  const pattern = matcher(words)
  return (await redis.contents()).filter(({ key, value }) => pattern.test(`${key} ${value}`)).map(({ key }) => key)
}

const count = async (from: string, requestId: string) =>
  (await store.database.row<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`, [requestId])).count

const erased = (requestId: string) => count("privacy_ledger_entry WHERE request_id = $1", requestId)

async function fileMany(identifiers: string[]): Promise<string> {
  const list = { type: "erasure", identifier_type: "customer_id", identifiers }
  const { preview } = await ok(store.officer.post("/admin/privacy-requests/preview", list))
  const { privacy_request } = await ok(
    store.officer.post("/admin/privacy-requests", { ...list, plan_hash: preview.plan_hash, confirm: identifiers.length })
  )
  return privacy_request.id
}

/** Nothing lost, nothing doubled, everything told. */
async function expectErasedOnce(requestId: string, subjects: number) {
  expect(await finished(store, requestId)).toMatchObject({ status: "complete", totals: { complete: subjects } })
  await delivered(store, requestId, 60_000)
  expect(await erased(requestId)).toBe(subjects)
  expect(await count("privacy_audit_entry WHERE request_id = $1 AND action = 'erasure.completed'", requestId)).toBe(subjects)
  for (const lane of ["event_bus", "copies", "workflow"]) {
    expect([lane, await count(`privacy_delivery WHERE request_id = $1 AND lane = '${lane}' AND status = 'sent'`, requestId)]).toEqual([lane, subjects])
  }
  expect(await count("privacy_delivery WHERE request_id = $1 AND status <> 'sent'", requestId)).toBe(0)
  expect((await ok(store.officer.get("/admin/privacy-audit/verify"))).chain).toMatchObject({ valid: true })
}

it("what Redis holds of a customer is gone after the erasure", async () => {
  const person = inventPerson("redis")
  const words = wordsOf(person)
  const shop = await readShop(store)
  const { id, http } = await openAccount(store, person)
  const order = await ordering(store, shop).buyAndReceive(http, person, [{ variant_id: Object.values(shop.variants)[0], quantity: 1 }], "RD-1")
  await ok(http.post("/auth/session"))
  await ok(store.shop.post("/auth/customer/emailpass/reset-password", { identifier: person.email }))
  const pages = [`/admin/customers/${id}?fields=*addresses`, `/admin/orders/${order.id}?fields=*customer,*shipping_address`, "/admin/orders?fields=*customer"]
  await Promise.all(pages.map((page) => ok(store.officer.get(page))))
  await ok(http.get("/store/orders?fields=*shipping_address"))
  // Medusa itself caches nobody; a store's own route may.
  await cache.set({ key: "account-page", data: person, tags: [`Customer:${id}`] })
  await cache.set({ key: "packing-slip", data: person.address, tags: [`Order:${order.id}`], options: { autoInvalidate: false } })
  await cache.set({ key: "newest-orders", data: [person.email], tags: ["Order:list:*"] })
  await until(async () => (await keysWith(words)).length === 3)

  const request = await erase(store, { id, email: person.email })
  expect(request).toMatchObject({ status: "complete", totals: { complete: 1 } })
  await delivered(store, request.id)

  expect(await keysWith(words)).toEqual([])
  const kinds = new Set((await redis.contents()).map(({ key }) => key.split(":")[0]))
  expect([...kinds]).toEqual(expect.arrayContaining(["RedisEventBusService", "bull", "mc", "sess"]))
})

it("a Redis that is killed during a bulk erasure and comes back with what it held: nothing is lost, and it holds nobody", async () => {
  const customers = await makeCrowd(store.database, 120, "redis")
  await Promise.all(customers.map((id) => cache.set({ key: `page-of-${id}`, data: { name: "Cached-Crowd" }, tags: [`Customer:${id}`] })))
  expect((await redis.save()).includes("Cached-Crowd")).toBe(true)
  const id = await fileMany(customers)
  await until(async () => (await erased(id)) > 0)
  await redis.kill()

  expect((await store.officer.get(`/admin/privacy-requests/${id}/subjects?limit=20`)).status).toBe(200)
  await until(async () => (await erased(id)) === 120)
  await pause(1500)
  // The erasure needs no Redis; telling it does.
  expect(await count("privacy_delivery WHERE request_id = $1 AND status = 'pending'", id)).toBeGreaterThan(0)
  await redis.restart()

  await expectErasedOnce(id, 120)
  expect(await keysWith(["Cached-Crowd"])).toEqual([])
})

it("a Redis that is flushed again and again during a bulk erasure loses nothing of it", async () => {
  const id = await fileMany(await makeCrowd(store.database, 60, "flush"))
  do {
    await redis.flush()
    await pause(50)
  } while ((await erased(id)) < 60)
  await redis.flush()
  await expectErasedOnce(id, 60)
})
