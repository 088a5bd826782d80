import { newCustomer } from "../support/customers"
import { ok } from "../support/http"
import { erase } from "../support/requests"
import { newEmail } from "../support/shopper"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

const newName = () => newEmail("profile")
const keepFirstName = { table: "customer", column: "first_name", strategy: "keep" }

const create = async (body: Record<string, unknown> = {}) =>
  (await ok(store.officer.post("/admin/privacy-profiles", { name: newName(), overrides: [keepFirstName], ...body }))).privacy_profile

describe("profiles", () => {
  it("are made, read, changed and removed", async () => {
    const name = newName()
    const answer = await store.officer.post("/admin/privacy-profiles", { name: `  ${name} `, description: "Keeps the first name.", overrides: [keepFirstName] })
    expect(answer.status).toBe(201)
    const { privacy_profile: made } = answer.body
    expect(made).toEqual({
      id: expect.stringMatching(/^prvpro_/), name, description: "Keeps the first name.", version: 1, overrides: [keepFirstName],
      created_at: expect.any(String), updated_at: expect.any(String),
    })
    const path = `/admin/privacy-profiles/${made.id}`
    expect((await ok(store.officer.get(path))).privacy_profile).toEqual(made)
    const list = await ok(store.officer.get("/admin/privacy-profiles?limit=200"))
    expect(list.privacy_profiles).toContainEqual(made)
    expect(list).toMatchObject({ count: expect.any(Number), limit: 200, offset: 0 })

    const { privacy_profile: changed } = await ok(store.officer.post(path, { description: null, overrides: [{ category: "location", strategy: "null" }] }))
    expect(changed).toMatchObject({ name, description: null, version: 2, overrides: [{ category: "location", strategy: "null" }] })

    expect(await ok(store.officer.delete(path))).toEqual({ id: made.id, object: "privacy_profile", deleted: true })
    expect((await store.officer.get(path)).status).toBe(404)
    expect((await ok(store.officer.get("/admin/privacy-profiles?limit=200"))).privacy_profiles.map(({ id }: { id: string }) => id)).not.toContain(made.id)
  })

  it("decide what an erasure keeps, and the request remembers which version did", async () => {
    const profile = await create()
    await ok(store.officer.post(`/admin/privacy-profiles/${profile.id}`, { description: "now with a description" }))
    const customer = await newCustomer(store)

    const request = await erase(store, customer, { profile_id: profile.id })

    expect(request).toMatchObject({ profile_id: profile.id, profile_version: 2, totals: { complete: 1 } })
    expect(await store.database.row("SELECT first_name, last_name FROM customer WHERE id = $1", [customer.id])).toEqual({
      first_name: "Carla", last_name: "[erased]",
    })
  })

  it("stay in force for requests filed before they were changed or removed", async () => {
    const profile = await create()
    const customer = await newCustomer(store)
    await store.database.rows("BEGIN")
    await store.database.rows("SELECT 1 FROM customer WHERE id = $1 FOR UPDATE", [customer.id])
    const erasure = erase(store, customer, { profile_id: profile.id })
    try {
      while (!(await store.database.rows("SELECT 1 FROM privacy_subject WHERE customer_id = $1", [customer.id])).length) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      await ok(store.officer.post(`/admin/privacy-profiles/${profile.id}`, { overrides: [{ table: "customer", column: "first_name", strategy: "null" }] }))
      await ok(store.officer.delete(`/admin/privacy-profiles/${profile.id}`))
    } finally {
      await store.database.rows("COMMIT")
    }
    expect(await erasure).toMatchObject({ profile_version: 1, totals: { complete: 1 } })
    expect(await store.database.row("SELECT first_name FROM customer WHERE id = $1", [customer.id])).toEqual({ first_name: "Carla" })
  })

  it("that were removed cannot be chosen any more", async () => {
    const profile = await create()
    await ok(store.officer.delete(`/admin/privacy-profiles/${profile.id}`))
    const customer = await newCustomer(store)
    const { status } = await store.officer.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email, profile_id: profile.id })
    expect(status).toBe(400)
  })

  it("show in the data map what they change", async () => {
    const profile = await create({ overrides: [{ category: "location", strategy: "null" }] })
    const { data_map } = await ok(store.officer.get(`/admin/privacy-data-map?profile_id=${profile.id}`))
    const addresses = data_map.tables.find(({ name }: { name: string }) => name === "order_address")
    expect(addresses.columns).toContainEqual({ name: "city", category: "location", strategy: "null", removed: true })
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ["no name", { name: " " }, /name/],
    ["no overrides", { overrides: [] }, /overrides/],
    ["an unknown field", { colour: "red" }, /colour/],
    ["an unknown strategy", { overrides: [{ column: "city", strategy: "shred" }] }, /unknown strategy "shred"\. Valid ones: keep/],
    ["an unknown category", { overrides: [{ category: "secrets", strategy: "null" }] }, /category/],
    ["an unknown column", { overrides: [{ column: "shoe_size", strategy: "null" }] }, /fits no column of the data map/],
    ["a category and a column at once", { overrides: [{ category: "location", column: "city", strategy: "null" }] }, /either a category, or a column/],
    ["technical columns", { overrides: [{ category: "technical", strategy: "null" }] }, /always follow the data map/],
    ["credentials", { overrides: [{ table: "provider_identity", column: "entity_id", strategy: "keep" }] }, /always follow the data map/],
    ["an identifier that stays", { overrides: [{ column: "email", strategy: "keep" }] }, /would lead back to the subject/],
    ["an identifier that is only cut", { overrides: [{ column: "email", strategy: "truncate", options: { length: 100 } }] }, /would lead back to the subject/],
    ["a strategy the column cannot take", { overrides: [{ table: "order", column: "metadata", strategy: "redact" }] }, /cannot be used on columns of that type/],
    ["a wrong option", { overrides: [{ column: "postal_code", strategy: "generalize", options: { keep: "two" } }] }, /generalize.*keep/],
  ])("answer 400 to %s, when made and when changed", async (_, body, message) => {
    const profile = await create()
    for (const path of ["", `/${profile.id}`]) {
      const answer = await store.officer.post(`/admin/privacy-profiles${path}`, { name: newName(), overrides: [keepFirstName], ...body })
      expect(answer.status).toBe(400)
      expect(answer.body.message).toMatch(message)
    }
    expect((await ok(store.officer.get(`/admin/privacy-profiles/${profile.id}`))).privacy_profile).toMatchObject({ version: 1 })
  })

  it("answer 409 when the name is taken", async () => {
    const [one, two] = [await create(), await create()]
    const again = await store.officer.post("/admin/privacy-profiles", { name: one.name, overrides: [keepFirstName] })
    const renamed = await store.officer.post(`/admin/privacy-profiles/${two.id}`, { name: one.name })
    for (const { status, body } of [again, renamed]) {
      expect(status).toBe(409)
      expect(body.message).toMatch(/exists already\. Choose another name/)
    }
    expect((await store.officer.post(`/admin/privacy-profiles/${one.id}`, { name: one.name })).status).toBe(200)
  })

  it("let only one of two take a name at once", async () => {
    const name = newName()
    const answers = await Promise.all(Array.from({ length: 5 }, () => store.officer.post("/admin/privacy-profiles", { name, overrides: [keepFirstName] })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
  })

  it.each([
    ["read", () => store.officer.get("/admin/privacy-profiles/prvpro_none")],
    ["changed", () => store.officer.post("/admin/privacy-profiles/prvpro_none", { description: "x" })],
    ["removed", () => store.officer.delete("/admin/privacy-profiles/prvpro_none")],
    ["shown in the data map", () => store.officer.get("/admin/privacy-data-map?profile_id=prvpro_none")],
  ])("answer 404 when none is there to be %s", async (_, ask) => {
    expect((await ask()).status).toBe(404)
  })

  it("are written down in the audit log", async () => {
    const profile = await create()
    await ok(store.officer.post(`/admin/privacy-profiles/${profile.id}`, { description: "x" }))
    await ok(store.officer.delete(`/admin/privacy-profiles/${profile.id}`))
    expect(
      await store.database.rows("SELECT action FROM privacy_audit_entry WHERE details ->> 'profile_id' = $1 ORDER BY created_at", [profile.id])
    ).toEqual([{ action: "profile.created" }, { action: "profile.updated" }, { action: "profile.deleted" }])
  })
})
