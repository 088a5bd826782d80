import { newCustomer } from "../support/customers"
import { ok } from "../support/http"
import { delivered, erase } from "../support/requests"
import { until } from "../support/until"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
  await erase(store, await newCustomer(store))
  await delivered(store, (await erase(store, await newCustomer(store))).id)
})

afterAll(() => store.stop())

describe("the audit log", () => {
  it.each([
    ["a change of what happened", "UPDATE privacy_audit_entry SET action = 'nothing'"],
    ["a change of who did it", "UPDATE privacy_audit_entry SET actor_id = NULL WHERE actor_id IS NOT NULL"],
    ["a change of the time", "UPDATE privacy_audit_entry SET created_at = now()"],
    ["a new place in the chain", "UPDATE privacy_audit_entry SET position = position + 1000000 WHERE position IS NOT NULL"],
    ["a new hash", "UPDATE privacy_audit_entry SET hash = 'k1:' || md5('x') WHERE hash IS NOT NULL"],
    ["a soft deletion", "UPDATE privacy_audit_entry SET deleted_at = now()"],
    ["a deletion", "DELETE FROM privacy_audit_entry"],
    ["emptying", "TRUNCATE privacy_audit_entry"],
    ["emptying together with others", "TRUNCATE privacy_request, privacy_audit_entry CASCADE"],
  ])("refuses %s, whoever asks the database", async (_, statement) => {
    await expect(store.database.rows(statement)).rejects.toThrow(/privacy_audit_entry is append-only/)
  })

  it("is listed newest first, page after page by key", async () => {
    const { privacy_audit, limit, next, estimate_count } = await ok(store.officer.get("/admin/privacy-audit?limit=2"))
    expect(limit).toBe(2)
    expect(estimate_count).toBeGreaterThan(1)
    expect(privacy_audit).toHaveLength(2)
    const later = await ok(store.officer.get(`/admin/privacy-audit?limit=2&cursor=${next}`))
    expect(later.privacy_audit[0].id < privacy_audit[1].id).toBe(true)
    expect((await store.officer.get("/admin/privacy-audit?cursor=nonsense")).status).toBe(400)
    expect((await store.officer.get("/admin/privacy-audit?offset=2")).status).toBe(400)
    expect(Object.keys(privacy_audit[0]).sort()).toEqual([
      "action", "actor_id", "actor_type", "created_at", "customer_id", "details", "hash", "id", "position", "request_id", "subject_id",
    ])
    expect((await store.officer.get("/admin/privacy-audit?limit=0")).status).toBe(400)
  })

  it("verifies as a whole, and every entry is linked soon", async () => {
    const verify = async () => (await ok(store.officer.get("/admin/privacy-audit/verify"))).chain
    expect(await verify()).toMatchObject({ valid: true, entries: expect.any(Number) })
    // Entries that no erasure follows are linked by the look around that comes every minute.
    await until(async () => (await verify()).unsealed === 0, 70_000)
    expect((await verify()).entries).toBeGreaterThan(3)
  })
})
