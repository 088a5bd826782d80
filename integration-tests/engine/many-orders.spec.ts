import { readCustomerPrivacy } from "../../src/modules/privacy/customers/customer-privacy"
import { eraseAll, openEngine, type Engine } from "../support/engine"
import { watchReads, type ReadStatement } from "../support/rows-read"
import { makeRegular } from "../support/regular"

const FEW = 500
const MANY = 5000

/** Ten times the rows, and a little for what the planner does otherwise with more of them. */
const LINEAR = 12

let engine: Engine
let statementsSince: () => ReadStatement[]

beforeAll(async () => {
  engine = await openEngine({ name: "many_orders" })
  statementsSince = watchReads(engine.connection)
})

afterAll(() => engine?.close())

const rowsOf = (statements: ReadStatement[]) => statements.reduce((sum, { rows }) => sum + rows, 0)

/** What was read for each of two customers, whole and by statement: of one statement a small constant part is left out. */
async function compare(few: () => Promise<unknown>, many: () => Promise<unknown>) {
  statementsSince()
  await few()
  const first = statementsSince()
  await many()
  const second = statementsSince()
  const form = (text: string) => text.replace(/\s+/g, " ").slice(0, 4000)
  const before = new Map<string, number>()
  first.forEach(({ text, rows }) => before.set(form(text), (before.get(form(text)) ?? 0) + rows))
  const after = new Map<string, number>()
  second.forEach(({ text, rows }) => after.set(form(text), (after.get(form(text)) ?? 0) + rows))
  const steep = [...after].filter(([text, rows]) => rows > LINEAR * ((before.get(text) ?? 0) + FEW)).map(([text, rows]) => ({ text, rows, before: before.get(text) }))
  return { statements: first.length, rows: [rowsOf(first), rowsOf(second)], steep }
}

describe.each(["one", "many"] as const)("a customer with thousands of orders under one name (%s street)", (streets) => {
  let customers: string[]

  beforeAll(async () => {
    customers = [await makeRegular(engine.database, FEW, `few${streets}`, streets), await makeRegular(engine.database, MANY, `many${streets}`, streets)]
    await engine.database.rows("ANALYZE")
  })

  it("has a page whose reads grow with the orders and not with their square", async () => {
    const read = (id: string) => () => engine.transaction((session) => readCustomerPrivacy(session, engine.environment, id))
    const { statements, rows, steep } = await compare(read(customers[0]), read(customers[1]))

    process.stdout.write(`Customer page, ${streets} street: ${rows.join(" → ")} rows in ${statements} statements\n`)
    expect(statements).toBeGreaterThan(50)
    expect(steep).toEqual([])
    expect(rows[1] / rows[0]).toBeLessThan(LINEAR)
  })

  it("is erased by a chunk whose reads grow with the orders and not with their square", async () => {
    const erase = (id: string) => async () => expect((await eraseAll(engine, [id])).subjects).toMatchObject([{ status: "complete" }])
    const { rows, steep } = await compare(erase(customers[0]), erase(customers[1]))

    process.stdout.write(`Chunk, ${streets} street: ${rows.join(" → ")} rows\n`)
    expect(steep).toEqual([])
    expect(rows[1] / rows[0]).toBeLessThan(LINEAR)
    const left = await engine.database.rows("SELECT id FROM cart_address WHERE last_name LIKE 'Regular%' AND id LIKE ANY ($1)", [
      customers.map((id) => `caaddr_${id.slice(4)}\\_%`),
    ])
    expect(left).toEqual([])
  })
})
