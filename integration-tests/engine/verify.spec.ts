import { makeCrowd } from "../support/crowd"
import { eraseAll, openEngine, retryAll, type Engine } from "../support/engine"
import { fingerprint } from "../support/fingerprint"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "verify" })
})

afterAll(() => engine?.close())

describe("the check inside the transaction", () => {
  it.each([
    ["writes a value back", 'BEFORE UPDATE ON "order" FOR EACH ROW', "NEW.email := OLD.email; RETURN NEW;", /"order\.email" was not erased.*Nothing was changed.*trigger or rule on "order"/],
    ["keeps a row from going", "BEFORE DELETE ON customer_address FOR EACH ROW", "RETURN NULL;", /a row of "customer_address" was not removed/],
    ["swallows an update", "BEFORE UPDATE ON order_address FOR EACH ROW", "RETURN NULL;", /"order_address\.\w+" was not erased/],
  ])("catches a trigger that %s: the subject fails and not one byte changed", async (name, event, body, message) => {
    const label = name.replace(/\W/g, "_")
    const [customer] = await makeCrowd(engine.database, 1, label)
    await engine.database.rows(`CREATE FUNCTION ${label}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$`)
    await engine.database.rows(`CREATE TRIGGER sabotage ${event} EXECUTE FUNCTION ${label}()`)
    const table = event.split(" ON ")[1].split(" ")[0]
    const before = await fingerprint(engine.database)

    const { requestId, subjects } = await eraseAll(engine, [customer], { method: "delete" })

    expect(subjects).toMatchObject([{ status: "failed", error: expect.stringMatching(message) }])
    expect(subjects[0].error).not.toMatch(/crowd|First1|Last1|@/)
    expect(await fingerprint(engine.database)).toEqual(before)
    for (const own of ["privacy_ledger_entry", "privacy_delivery"]) {
      expect(await engine.database.rows(`SELECT 1 FROM ${own} WHERE request_id = $1`, [requestId])).toEqual([])
    }

    await engine.database.rows(`DROP TRIGGER sabotage ON ${table}`)
    expect((await retryAll(engine, requestId, { method: "delete" })).subjects).toMatchObject([{ status: "complete" }])
  })

  it("a second erasure of the same customer changes not one byte and proclaims nothing", async () => {
    const crowd = await makeCrowd(engine.database, 5, "twice")
    const first = await eraseAll(engine, crowd)
    const before = await fingerprint(engine.database)
    const ledger = await engine.database.rows("SELECT * FROM privacy_ledger_entry ORDER BY id")

    const second = await eraseAll(engine, crowd)

    expect(second.subjects.map(({ status }) => status)).toEqual(first.subjects.map(() => "complete"))
    expect(await fingerprint(engine.database)).toEqual(before)
    expect(await engine.database.rows("SELECT * FROM privacy_ledger_entry ORDER BY id")).toEqual(ledger)
    expect(await engine.database.rows("SELECT 1 FROM privacy_delivery WHERE request_id = $1", [second.requestId])).toEqual([])
  })

  it.each(["anonymize", "delete"] as const)("a price list for certain customers names whom it is erased for no more, and the others as before (%s)", async (method) => {
    const [one, two, held, stranger] = await makeCrowd(engine.database, 4, `priced${method}`)
    const { database } = engine
    await database.rows("INSERT INTO privacy_legal_hold (id, customer_id, reason) VALUES ('prvhold_' || $1::text, $1, 'A lawsuit')", [held])
    const rule = async (id: string, attribute: string, value: unknown) => {
      const key = `${id}_${method}`
      await database.rows("INSERT INTO price_list (id, title, description, status, rules_count) VALUES ($1, 'Friends', '', 'active', 1)", [key])
      await database.rows("INSERT INTO price_list_rule (id, attribute, value, price_list_id) VALUES ($1, $2, $3, $1)", [key, attribute, JSON.stringify(value)])
    }
    await rule("shared", "customer.id", [one, stranger, held, two])
    await rule("own", "customer_id", [one])
    await rule("foreign", "customer.id", [stranger])
    await rule("group", "customer.groups.id", ["cusgroup_1"])
    const values = async () =>
      Object.fromEntries((await database.rows("SELECT id, value FROM price_list_rule WHERE id LIKE $1", [`%\\_${method}`])).map(({ id, value }) => [id.split("_")[0], value]))

    const { subjects } = await eraseAll(engine, [one, two, held], { method })

    expect(subjects.map(({ status }) => status).sort()).toEqual(["complete", "complete", "held"])
    const gone = `erased-shared_${method}`
    expect(await values()).toEqual({
      shared: [gone, stranger, held, gone], own: [`erased-own_${method}`], foreign: [stranger], group: ["cusgroup_1"],
    })
  })

  it("an account and a guest record under one address are erased together", async () => {
    const tina = await engine.database.row<{ id: string }>("SELECT id FROM customer WHERE email = 'tina.koch@example.com' AND has_account")
    expect((await eraseAll(engine, [tina.id])).subjects).toMatchObject([{ status: "complete", error: null }])
    expect(await engine.database.rows("SELECT email FROM customer WHERE lower(email) = 'tina.koch@example.com'")).toEqual([])
  })
})
