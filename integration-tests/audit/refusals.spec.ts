import { recordRefusal, tellRefusals } from "../../src/modules/privacy/audit/refusals"
import { openEngine, type Engine } from "../support/engine"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "refusals" })
})

afterAll(() => engine?.close())

const refuse = (actor: string, customerId: string | null = null, permission: "view" | "erase" = "view") =>
  engine.transaction((session) => recordRefusal(session, { actor: { id: actor, type: "user" }, permission, method: "GET", customerId }))

/** A minute later, as far as the refusals of this actor are concerned. */
const minuteLater = (actor: string) =>
  engine.database.rows("UPDATE privacy_refusal SET told_at = told_at - interval '61 seconds' WHERE actor_id = $1", [actor])

const entries = (actor: string) =>
  engine.database.rows<{ count: number; customer_id: string | null; permission: string }>(
    `SELECT (details ->> 'count')::int AS count, details ->> 'permission' AS permission, customer_id
     FROM privacy_audit_entry WHERE actor_id = $1 AND action = 'access.refused' ORDER BY created_at, id`,
    [actor]
  )

const counts = async (actor: string) => (await entries(actor)).map(({ count }) => count)

describe("refused accesses", () => {
  it("grow the audit log by one entry a minute, however many there are, and none is lost", async () => {
    for (let minute = 0; minute < 3; minute += 1) {
      for (let at = 0; at < 100; at += 1) {
        await refuse("user_flood")
      }
      await minuteLater("user_flood")
    }
    await engine.transaction(tellRefusals)
    expect(await counts("user_flood")).toEqual([1, 100, 100, 99])
  })

  it("side by side are counted once each", async () => {
    await Promise.all(Array.from({ length: 40 }, () => refuse("user_parallel")))
    await minuteLater("user_parallel")
    await Promise.all([engine.transaction(tellRefusals), engine.transaction(tellRefusals), refuse("user_parallel")])
    await minuteLater("user_parallel")
    await engine.transaction(tellRefusals)
    const told = await counts("user_parallel")
    expect(told[0]).toBe(1)
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(41)
  })

  it("of another actor or permission are told at once", async () => {
    await refuse("user_one", "cus_1")
    await refuse("user_one", "cus_2")
    await refuse("user_one", "cus_2", "erase")
    await refuse("user_two", "cus_3")
    expect(await entries("user_one")).toEqual([
      { count: 1, permission: "view", customer_id: "cus_1" },
      { count: 1, permission: "erase", customer_id: "cus_2" },
    ])
    expect(await entries("user_two")).toEqual([{ count: 1, permission: "view", customer_id: "cus_3" }])
  })

  it("are not told before the minute is over, and leave nothing behind after an hour without one", async () => {
    await refuse("user_quiet")
    await refuse("user_quiet")
    await engine.transaction(tellRefusals)
    expect(await counts("user_quiet")).toEqual([1])
    await minuteLater("user_quiet")
    await engine.transaction(tellRefusals)
    expect(await counts("user_quiet")).toEqual([1, 1])
    await engine.database.rows("UPDATE privacy_refusal SET told_at = now() - interval '2 hours' WHERE actor_id = 'user_quiet'")
    await engine.transaction(tellRefusals)
    expect(await engine.database.rows("SELECT 1 FROM privacy_refusal WHERE actor_id = 'user_quiet'")).toEqual([])
  })
})
