import { readPermissions } from "../../src/modules/privacy/permissions/grants"
import { parseOptions } from "../../src/modules/privacy/options"
import type { Session } from "../../src/modules/privacy/database/session"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore
let admin: { id: string }

beforeAll(async () => {
  store = await sharedStore()
  admin = await store.database.row(`SELECT id FROM "user" WHERE email = 'admin@demo.test'`)
})

afterAll(() => store.stop())

const permissions = (user: string, granted: string[]) =>
  readPermissions(
    { run: async (text: string, values: unknown[]) => ({ rows: await store.database.rows(text, values), rowCount: 0 }) } as unknown as Session,
    parseOptions({ officers: [{ user, permissions: granted }] }, { production: false }),
    { id: admin.id, type: "user" }
  )

describe("an officer in the options", () => {
  it("is known by user id", async () => {
    expect(await permissions(admin.id, ["view", "erase"])).toEqual(["view", "erase"])
  })

  it("is known by e-mail address in any casing", async () => {
    expect(await permissions(" ADMIN@Demo.Test ", ["all"])).toHaveLength(6)
  })

  it("is nobody else", async () => {
    expect(await permissions("admin@demo.tes", ["all"])).toEqual([])
    expect(await permissions(admin.id.toLowerCase(), ["all"])).toEqual([])
  })
})
