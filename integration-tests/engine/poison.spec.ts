import { makeCrowd } from "../support/crowd"
import { eraseAll, openEngine, retryAll, type Engine } from "../support/engine"

let engine: Engine
let crowd: string[]

beforeAll(async () => {
  engine = await openEngine({ name: "poison", options: { chunk_size: 32 } })
  crowd = await makeCrowd(engine.database, 75)
})

afterAll(() => engine?.close())

const POISON = "cus_crowd_42"

describe("a subject that makes its chunk fail", () => {
  it("is parked alone with an error that names no value; the others complete; a retry after the cause is gone completes it", async () => {
    await engine.database.rows(`
      CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.customer_id = '${POISON}' THEN RAISE EXCEPTION 'no: % % of %', OLD.first_name, OLD.last_name, OLD.address_1; END IF;
        RETURN NEW;
      END $$`)
    await engine.database.rows("CREATE TRIGGER poison BEFORE UPDATE ON customer_address FOR EACH ROW EXECUTE FUNCTION poison()")

    const erased = await eraseAll(engine, crowd)

    const failed = erased.subjects.filter(({ status }) => status !== "complete")
    expect(failed).toEqual([{ customer_id: POISON, status: "failed", error: "Database error P0001", holds: null }])
    expect(engine.logged).toEqual([expect.stringMatching(/^Privacy: subject prvsub_\w+ of request prvreq_\w+ was parked: Database error P0001$/)])
    expect(await engine.database.row("SELECT first_name, last_name FROM customer WHERE id = $1", [POISON])).toEqual({ first_name: "First42", last_name: "Last42" })
    expect(await engine.database.rows("SELECT id FROM customer WHERE id = ANY($1) AND first_name <> '[erased]'", [crowd])).toEqual([{ id: POISON }])
    expect(await engine.database.row("SELECT status FROM privacy_request WHERE id = $1", [erased.requestId])).toEqual({ status: "complete" })
    // Halved, not taken one by one: 75 subjects in chunks of at most 32.
    expect(erased.chunks.length).toBeLessThan(16)
    expect(Math.max(...erased.chunks.map(({ subjects }) => subjects))).toBeGreaterThan(8)

    await engine.database.rows("DROP TRIGGER poison ON customer_address")
    const again = await retryAll(engine, erased.requestId)

    expect(again.chunks).toMatchObject([{ subjects: 1 }])
    expect(new Set(again.subjects.map(({ status }) => status))).toEqual(new Set(["complete"]))
    expect(await engine.database.row("SELECT count(*)::int AS count FROM privacy_ledger_entry WHERE request_id = $1", [erased.requestId])).toEqual({ count: 75 })
    expect(
      await engine.database.row("SELECT count(*)::int AS count FROM privacy_audit_entry WHERE request_id = $1 AND action = 'erasure.completed'", [erased.requestId])
    ).toEqual({ count: 75 })
  })

  it("that stands alone from the start leaves the request failed", async () => {
    const [alone] = await makeCrowd(engine.database, 1, "alone")
    await engine.database.rows("ALTER TABLE customer ADD CONSTRAINT no_erasure CHECK (id <> 'cus_alone_1' OR first_name = 'First1')")
    const { requestId, subjects } = await eraseAll(engine, [alone])
    expect(subjects).toMatchObject([{ status: "failed", error: "Database error 23514, table customer, constraint no_erasure" }])
    expect(await engine.database.row("SELECT status FROM privacy_request WHERE id = $1", [requestId])).toEqual({ status: "failed" })
  })
})
