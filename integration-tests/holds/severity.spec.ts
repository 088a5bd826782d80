import { storyCustomer } from "../support/customers"
import { eraseAll, openEngine, type Engine } from "../support/engine"
import { holdsOf } from "../support/holds"
import { makeCrowd } from "../support/crowd"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "severity", options: { holds: { unpaid_order: "warn", open_order: "ignore", draft_order: "block" } } })
})

afterAll(() => engine?.close())

describe("the severity of a rule", () => {
  it.each([
    ["block", [{ code: "unpaid_order", severity: "block", message: expect.any(String), params: { count: 1 } }]],
    ["warn", [{ code: "unpaid_order", severity: "warn", message: expect.any(String), params: { count: 1 } }]],
    ["ignore", []],
  ] as const)("can be %s, by option", async (severity, expected) => {
    const { id } = await storyCustomer(engine, "ben")
    expect(await holdsOf(engine, id, { holds: { unpaid_order: severity, open_order: "ignore" } })).toEqual(expected)
  })

  it("warn lets the erasure pass and keeps the warning with the subject; ignore does not even name it", async () => {
    const { id } = await storyCustomer(engine, "ben")
    const { subjects } = await eraseAll(engine, [id])
    expect(subjects).toMatchObject([{ status: "complete", holds: [{ code: "unpaid_order", severity: "warn", overridden: false }] }])
  })

  it("block holds by a rule that only warns by default", async () => {
    const { id } = await storyCustomer(engine, "liam")
    expect((await eraseAll(engine, [id])).subjects).toMatchObject([{ status: "held", holds: [{ code: "draft_order", severity: "block" }] }])
  })
})

describe("the retention period", () => {
  it("holds by the age of the last order, where the option sets one", async () => {
    const [id] = await makeCrowd(engine.database, 1, "retention")
    const days = (retention_days: number) => holdsOf(engine, id, { retention_days })
    expect(await days(0)).toEqual([])
    expect(await days(30)).toEqual([{ code: "retention_period", severity: "block", message: "1 order lies within the retention period of 30 days.", params: { count: 1, days: 30 } }])
    await engine.database.rows(`UPDATE "order" SET created_at = now() - interval '31 days' WHERE customer_id = $1`, [id])
    expect(await days(30)).toEqual([])
    expect(await days(32)).toMatchObject([{ code: "retention_period" }])
  })
})
