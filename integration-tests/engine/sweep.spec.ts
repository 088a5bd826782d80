import { parseOptions } from "../../src/modules/privacy/options"
import { sweep } from "../../src/modules/privacy/sweep/sweep"
import { makeCrowd } from "../support/crowd"
import { eraseAll, openEngine, type Engine } from "../support/engine"
import { fingerprint } from "../support/fingerprint"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "sweep" })
})

afterAll(() => engine?.close())

const due = () => engine.database.rows("UPDATE privacy_ledger_entry SET next_sweep_at = now() WHERE next_sweep_at IS NOT NULL")
const look = () => sweep(engine.connection, engine.environment, { error: (line) => engine.logged.push(String(line)) })
const sweptOf = (requestId: string) =>
  engine.database.rows("SELECT customer_id, details FROM privacy_audit_entry WHERE request_id = $1 AND action = 'erasure.swept' ORDER BY customer_id", [requestId])

describe.each(["anonymize", "delete"] as const)("what is written back after an erasure (%s)", (method) => {
  const name = `late${method}`

  it("is found by id and erased again; the same person registered anew is left in peace", async () => {
    const customers = await makeCrowd(engine.database, 3, name)
    const { requestId } = await eraseAll(engine, customers, { method })
    const [one, two] = customers
    await engine.database.rows(`INSERT INTO customer (id, email, first_name, has_account) VALUES ($1, $2, 'Back', TRUE)`, [`cus_new_${name}`, `${name}1@crowd.example`])
    await engine.database.rows(
      `INSERT INTO "order" (id, currency_code, customer_id, email, status, metadata) VALUES ($1, 'eur', $2, $3, 'pending', '{"note": "New order"}')`,
      [`order_new_${name}`, `cus_new_${name}`, `${name}1@crowd.example`]
    )
    // A provider's late webhook, an import that knows the old id, a workflow that was under way.
    await engine.database.rows(`UPDATE "order" SET metadata = '{"payer": "Last1"}' WHERE id = $1`, [`order_${name}_1`])
    await engine.database.rows("UPDATE order_address SET first_name = 'First1', phone = '+49 30 1' WHERE id = $1", [`ordaddr_${name}_1`])
    await engine.database.rows(`INSERT INTO cart (id, currency_code, customer_id, email) VALUES ($1, 'eur', $2, $3)`, [`cart_late_${name}`, one, `${name}1@crowd.example`])
    if (method === "anonymize") {
      await engine.database.rows("UPDATE customer SET first_name = 'First2', email = $2 WHERE id = $1", [two, `${name}2@crowd.example`])
    }
    const before = await fingerprint(engine.database)

    await due()
    expect(await look()).toBeGreaterThanOrEqual(3)

    expect(await engine.database.row(`SELECT metadata FROM "order" WHERE id = $1`, [`order_${name}_1`])).toEqual({ metadata: null })
    expect(await engine.database.row("SELECT first_name, phone FROM order_address WHERE id = $1", [`ordaddr_${name}_1`])).toEqual({ first_name: "[erased]", phone: null })
    const late = await engine.database.rows("SELECT email FROM cart WHERE id = $1", [`cart_late_${name}`])
    expect(late.filter(({ email }) => email.includes("crowd"))).toEqual([])
    if (method === "anonymize") {
      expect((await engine.database.row("SELECT first_name, email FROM customer WHERE id = $1", [two])).email).toMatch(/@erased\.invalid$/)
    }
    expect(await engine.database.row("SELECT email, first_name FROM customer WHERE id = $1", [`cus_new_${name}`])).toEqual({ email: `${name}1@crowd.example`, first_name: "Back" })
    expect(await engine.database.row(`SELECT email, metadata FROM "order" WHERE id = $1`, [`order_new_${name}`])).toEqual({
      email: `${name}1@crowd.example`,
      metadata: { note: "New order" },
    })
    const audited = await sweptOf(requestId)
    expect(audited.map(({ customer_id }) => customer_id)).toEqual(method === "anonymize" ? [one, two] : [one])
    expect(audited[0].details).toEqual({ tables: expect.arrayContaining(["order", "order_address"]) })

    const after = await fingerprint(engine.database)
    await due()
    await look()
    const again = await fingerprint(engine.database)
    const changed = (left: typeof before, right: typeof before) => Object.keys(left).filter((table) => JSON.stringify(left[table]) !== JSON.stringify(right[table]))
    expect(changed(before, after)).toEqual(expect.arrayContaining(["order", "order_address", "cart"]))
    expect(changed(after, again)).toEqual([])
    expect(await sweptOf(requestId)).toEqual(audited)
  })
})

it("one customer whose look back fails does not hold up the others", async () => {
  const customers = await makeCrowd(engine.database, 4, "stubborn")
  const { requestId } = await eraseAll(engine, customers)
  await engine.database.rows("UPDATE customer SET first_name = 'Back' WHERE id = ANY($1)", [customers])
  await engine.database.rows(
    `CREATE FUNCTION insist() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = '${customers[1]}' THEN NEW.first_name = 'Back'; END IF; RETURN NEW; END $$`
  )
  await engine.database.rows("CREATE TRIGGER insist BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION insist()")
  await due()
  await look()
  await engine.database.rows("DROP TRIGGER insist ON customer")
  expect((await sweptOf(requestId)).map(({ customer_id }) => customer_id)).toEqual(customers.filter((_, index) => index !== 1))
  expect(engine.logged).toEqual([expect.stringMatching(/look back at subject prvsub_\w+ failed.*"customer.first_name" was not erased/)])
  await due()
  await look()
  expect(await sweptOf(requestId)).toHaveLength(4)
})

it("what is only alike in words is nobody's: masked words are everybody's, and words that came back may be another's", async () => {
  const customers = await makeCrowd(engine.database, 1, "words")
  const { requestId } = await eraseAll(engine, customers)
  const alike = (id: string) =>
    engine.database.rows(
      `INSERT INTO cart_address (id, first_name, last_name, postal_code) SELECT $1, first_name, last_name, coalesce(postal_code, '10435') FROM order_address WHERE id = 'ordaddr_words_1'`,
      [id]
    )
  await engine.database.rows("UPDATE order_address SET postal_code = '10435' WHERE id = 'ordaddr_words_1'")
  await alike("caaddr_masked_words")
  await engine.database.rows("UPDATE order_address SET first_name = 'Zoe', last_name = 'Late' WHERE id = 'ordaddr_words_1'")
  await alike("caaddr_late_words")
  await due()
  await look()
  expect(await engine.database.rows("SELECT id FROM cart_address WHERE id LIKE 'caaddr%words' ORDER BY id")).toEqual([{ id: "caaddr_late_words" }, { id: "caaddr_masked_words" }])
  expect((await sweptOf(requestId)).map(({ details }) => details)).toEqual([{ tables: ["order_address"] }])
  // Nor does erasing the same customer once more take what others' masked addresses have in common with theirs.
  await eraseAll(engine, customers)
  expect(await engine.database.rows("SELECT id FROM cart_address WHERE id = 'caaddr_masked_words'")).toHaveLength(1)
})

it("store credit that came back goes again", async () => {
  const [customer] = await makeCrowd(engine.database, 1, "credit")
  await engine.database.rows("INSERT INTO store_credit_account (id, currency_code, customer_id) VALUES ('sc_acc_late', 'eur', $1)", [customer])
  const { requestId } = await eraseAll(engine, [customer])
  await engine.database.rows(
    `INSERT INTO store_credit_account_transaction (id, account_id, type, amount, raw_amount, reference, reference_id) VALUES ('sc_trx_late', 'sc_acc_late', 'credit', 9, '{"value": "9"}', 'order', 'x')`
  )
  await due()
  await look()
  expect(await sweptOf(requestId)).toEqual([{ customer_id: customer, details: { tables: ["store_credit_account"] } }])
  expect(
    await engine.database.row("SELECT sum(CASE WHEN type = 'credit' THEN amount ELSE -amount END)::float AS left FROM store_credit_account_transaction WHERE account_id = 'sc_acc_late'")
  ).toEqual({ left: 0 })
})

it.each(["anonymize", "delete"] as const)("a workflow run that was under way goes when it has ended (%s)", async (method) => {
  const name = `run${method}`
  const customers = await makeCrowd(engine.database, 1, name)
  const run = (id: string, workflow: string, context: object) =>
    engine.database.rows(
      `INSERT INTO workflow_execution (id, workflow_id, transaction_id, run_id, execution, context, state, retention_time)
       VALUES ($1, $2, $3, $4, '{}', $5, 'invoking', 259200)`,
      [`wf_${id}_${name}`, workflow, id + name, `run_${id}${name}`, { data: context }]
    )
  const states = async () =>
    (await engine.database.rows("SELECT id, state FROM workflow_execution WHERE id LIKE $1 ORDER BY id", [`wf_%_${name}`])).map(({ id, state }) => `${id.split("_")[1]} ${state}`)
  await run("checkout", "complete-cart", { payload: { id: `cart_${name}_1` }, invoke: { cart: { email: `${name}1@crowd.example` } } })
  await run("erp", "tell-erp", { payload: { customer_id: customers[0], name: "First1 Last1" } })
  await run("other", "tell-erp", { payload: { customer_id: "cus_somebody_else" } })

  const { requestId } = await eraseAll(engine, customers, { method })
  // A run needs what it was given until its end.
  expect(await states()).toEqual(["checkout invoking", "erp invoking", "other invoking"])
  await due()
  await look()
  expect(await states()).toHaveLength(3)

  await engine.database.rows("UPDATE workflow_execution SET state = CASE WHEN workflow_id = 'complete-cart' THEN 'done' ELSE 'reverted' END WHERE id LIKE $1", [`wf_%_${name}`])
  await due()
  await look()
  expect(await states()).toEqual(["other reverted"])
  expect(await sweptOf(requestId)).toEqual([{ customer_id: customers[0], details: { tables: ["workflow_execution"] } }])
})

it.each(["anonymize", "delete"] as const)("the old row of an address that was being corrected is found by the history that is written afterwards (%s)", async (method) => {
  const name = `corrected${method}`
  const customers = await makeCrowd(engine.database, 1, name)
  const old = { id: `ordaddr_old_${name}`, first_name: "First1", last_name: "Last1" }
  await engine.database.rows("INSERT INTO order_address (id, first_name, last_name) VALUES ($1, $2, $3)", [old.id, old.first_name, old.last_name])
  await eraseAll(engine, customers, { method })
  await engine.database.rows("INSERT INTO order_change (id, order_id, version, status, change_type) VALUES ($1, $2, 1, 'confirmed', 'update_order')", [`ordch_${name}`, `order_${name}_1`])
  await engine.database.rows(
    "INSERT INTO order_change_action (id, order_id, order_change_id, version, action, details, applied) VALUES ($1, $2, $3, 1, 'UPDATE_ORDER_PROPERTIES', $4, TRUE)",
    [`ordchact_${name}`, `order_${name}_1`, `ordch_${name}`, { type: "shipping_address", old, new: { id: `ordaddr_${name}_1` } }]
  )
  await due()
  await look()
  expect(await engine.database.row("SELECT first_name, last_name FROM order_address WHERE id = $1", [old.id])).toEqual({ first_name: "[erased]", last_name: "[erased]" })
  expect(JSON.stringify(await engine.database.rows("SELECT details FROM order_change_action WHERE id = $1", [`ordchact_${name}`]))).not.toMatch(/First1|Last1/)
})

describe("the look back", () => {
  const entry = (customer: string) =>
    engine.database.row(
      `SELECT extract(epoch FROM next_sweep_at - now())::float AS seconds, swept_at IS NOT NULL AS swept FROM privacy_ledger_entry WHERE customer_id = $1`,
      [customer]
    )

  it("comes after ten minutes, ever more seldom, and ends", async () => {
    const [customer] = await makeCrowd(engine.database, 1, "seldom")
    await eraseAll(engine, [customer])
    expect((await entry(customer)).seconds).toBeGreaterThan(500)
    expect((await entry(customer)).seconds).toBeLessThanOrEqual(600)
    await engine.database.rows("UPDATE privacy_ledger_entry SET erased_at = now() - interval '1 day', next_sweep_at = now() WHERE customer_id = $1", [customer])
    await look()
    const next = await entry(customer)
    expect(next.swept).toBe(true)
    expect(Math.round(next.seconds / 86_400)).toBe(3)
    await engine.database.rows("UPDATE privacy_ledger_entry SET erased_at = now() - interval '31 days', next_sweep_at = now() WHERE customer_id = $1", [customer])
    await look()
    expect((await entry(customer)).seconds).toBeNull()
  })

  it("can be switched off", async () => {
    const off = { ...engine, environment: { ...engine.environment, options: parseOptions({ sweep_days: 0 }, { production: false }) } }
    const [customer] = await makeCrowd(engine.database, 1, "unswept")
    await eraseAll(off, [customer])
    expect((await entry(customer)).seconds).toBeNull()
  })
})
