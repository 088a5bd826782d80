import { makeCrowd } from "../support/crowd"
import { eraseAll, openEngine, type Engine } from "../support/engine"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "shared_records", options: { holds: { draft_order: "block" } } })
})

afterAll(() => engine?.close())

/** Accounts, each with a guest record under its address, and the guest with an order of its own. */
async function pairs(count: number, name: string) {
  const accounts = await makeCrowd(engine.database, count, name)
  await engine.database.rows("UPDATE customer SET has_account = TRUE WHERE id = ANY($1::text[])", [accounts])
  const guests = await Promise.all(
    accounts.map(async (account, index) => {
      const [{ id }] = await engine.database.rows<{ id: string }>(
        `INSERT INTO customer (id, email, first_name, has_account) SELECT 'cus_' || $2 || 'guest_' || $3::int, email, 'Guest', FALSE FROM customer WHERE id = $1 RETURNING id`,
        [account, name, index]
      )
      await engine.database.rows(
        `INSERT INTO "order" (id, currency_code, customer_id, email, status, metadata) SELECT 'order_' || id, 'eur', id, email, 'completed', '{"gift": "For Guest"}' FROM customer WHERE id = $1`,
        [id]
      )
      return id
    })
  )
  return { accounts, guests, all: accounts.flatMap((account, index) => (index % 2 ? [account, guests[index]] : [guests[index], account])) }
}

const statuses = (subjects: { customer_id: string; status: string }[], ids: string[]) =>
  subjects.filter(({ customer_id }) => ids.includes(customer_id)).map(({ status }) => status)

const untouched = async (ids: string[]) =>
  (
    await engine.database.row<{ count: number }>(
      `SELECT count(*)::int AS count FROM customer AS c JOIN "order" AS o ON o.customer_id = c.id
       WHERE c.id = ANY($1::text[]) AND c.email LIKE '%@crowd.example' AND o.email LIKE '%@crowd.example' AND o.metadata IS NOT NULL`,
      [ids]
    )
  ).count

const hold = (ids: string[]) =>
  engine.database.rows("INSERT INTO privacy_legal_hold (id, customer_id, reason) SELECT 'prvhold_' || id, id, 'A lawsuit' FROM unnest($1::text[]) AS id", [ids])

describe("an account and the guest record under its address, listed together", () => {
  it("are both erased, each entered once", async () => {
    const { all } = await pairs(8, "both")
    const { subjects } = await eraseAll(engine, all)
    expect(statuses(subjects, all)).toEqual(all.map(() => "complete"))
    expect(await untouched(all)).toBe(0)
    expect(await engine.database.row("SELECT count(*)::int AS count FROM privacy_ledger_entry WHERE customer_id = ANY($1::text[])", [all])).toEqual({ count: 16 })
  })

  it.each([
    ["the account", (pair: Awaited<ReturnType<typeof pairs>>) => pair.accounts],
    ["the guest", (pair: Awaited<ReturnType<typeof pairs>>) => pair.guests],
  ])("are both held where %s is, whichever comes first: neither is called erased with its data still there", async (which, heldOf) => {
    const pair = await pairs(8, `held${which.replace(/\W/g, "")}`)
    await hold(heldOf(pair))
    const [free] = await makeCrowd(engine.database, 1, `free${which.replace(/\W/g, "")}`)

    const { subjects } = await eraseAll(engine, [...pair.all, free])

    expect(statuses(subjects, pair.all)).toEqual(pair.all.map(() => "held"))
    expect(subjects.filter(({ customer_id }) => pair.all.includes(customer_id)).every(({ holds }) => holds[0].code === "legal_hold")).toBe(true)
    expect(await untouched(pair.all)).toBe(16)
    expect(await engine.database.rows("SELECT 1 FROM privacy_ledger_entry WHERE customer_id = ANY($1::text[])", [pair.all])).toEqual([])
    expect(statuses(subjects, [free])).toEqual(["complete"])
    expect(await untouched([free])).toBe(0)
  })

  it("are both erased where the hold is forced", async () => {
    const pair = await pairs(3, "forced")
    await hold(pair.accounts)
    const { subjects } = await eraseAll(engine, pair.all, { overrides: ["legal_hold"] })
    expect(statuses(subjects, pair.all)).toEqual(pair.all.map(() => "complete"))
    expect(await untouched(pair.all)).toBe(0)
  })
})
