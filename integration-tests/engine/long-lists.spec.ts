import { Readable } from "node:stream"
import { openScope, resolveScope } from "../../src/modules/privacy/subjects/scope"
import { findHolds, type Hold } from "../../src/modules/privacy/holds/find-holds"
import { matchedCustomers, reconcile } from "../../src/modules/privacy/subjects/reconcile"
import { identifierKind } from "../../src/modules/privacy/subjects/identifier-types"
import { listOf, readIdentifierList } from "../../src/modules/privacy/subjects/identifier-list"
import { previewBulk, type BulkPreview } from "../../src/modules/privacy/requests/bulk-request"
import { makeCrowd } from "../support/crowd"
import { openEngine, type Engine } from "../support/engine"

let engine: Engine
let crowd: string[]

/** More than a page of anything. */
const MANY = 2_500

beforeAll(async () => {
  engine = await openEngine({ name: "long_lists", options: { holds: { draft_order: "block" }, retention_days: 3650 } })
  crowd = await makeCrowd(engine.database, MANY, "long")
  await engine.database.rows(`UPDATE "order" SET created_at = now() - interval '20 years' WHERE id LIKE 'order_long_%'`)
})

afterAll(() => engine?.close())

async function preview(identifiers: string[], type: "email" | "customer_id" = "customer_id"): Promise<BulkPreview & { statements: number }> {
  return engine.transaction(async (session) => {
    const shown = await previewBulk(session, engine.environment, { type: "erasure", identifier_type: type, identifiers: listOf(identifiers) })
    return { ...shown, statements: session.statements }
  })
}

const hold = (customers: string[]) =>
  engine.database.rows("INSERT INTO privacy_legal_hold (id, customer_id, reason, placed_by) SELECT 'prvhold_' || id, id, 'Dispute', 'user' FROM unnest($1::text[]) AS c (id)", [customers])

const release = () => engine.database.rows("UPDATE privacy_legal_hold SET released_at = now() WHERE reason = 'Dispute'")

describe("a long list", () => {
  it("takes as many statements as a short one", async () => {
    const few = await preview(crowd.slice(0, 3))
    const many = await preview(crowd)
    expect(many).toMatchObject({ matched: MANY, subjects: MANY, total_lines: MANY, held: [], lines: [] })
    expect(many.statements).toBe(few.statements)
  })

  it("says of every account what the erasure's own search says", async () => {
    const accounts = await engine.database.rows<{ id: string }>("SELECT id FROM customer WHERE has_account AND deleted_at IS NULL ORDER BY id")
    const ids = accounts.map(({ id }) => id)
    const found = await engine.transaction(async (session) => {
      await openScope(session, ids.map((customerId, number) => ({ number, customerId, pseudonym: `erased-${number}` })), "")
      await resolveScope(session, engine.environment.map.entries, ids.length)
      return findHolds(session, engine.environment.options)
    })
    const expected = new Map([...found].filter(([, holds]) => holds.some(({ severity }) => severity === "block")).map(([number, holds]) => [ids[number], holds]))

    const { held } = await preview(ids)

    const byId = new Map(held.map(({ customer_id, holds }) => [customer_id, holds]))
    expect(byId).toEqual(expected)
    const codes = new Set([...byId.values()].flat().map(({ code }: Hold) => code))
    expect([...codes].sort()).toEqual(
      ["draft_order", "open_claim", "open_exchange", "open_order", "open_return", "refund_due", "retention_period", "unpaid_order"]
    )
  })

  it("names the first thousand of the held, each with its customers and reasons, and counts them all", async () => {
    await hold(crowd)
    const shown = await preview(crowd.map((_, index) => `LONG${index + 1}@crowd.example`), "email")
    await release()
    expect(shown).toMatchObject({ matched: 0, subjects: MANY })
    expect(shown.held).toHaveLength(1000)
    expect(shown.held[999]).toMatchObject({ line: 1000, customer_id: "cus_long_1000", identifier: "LONG1000@crowd.example", holds: [{ code: "legal_hold" }] })
    expect(shown.lines[999]).toMatchObject({ line: 1000, outcome: "held", customers: [{ id: "cus_long_1000", email: "long1000@crowd.example" }] })
  })

  it("counts two lines of one customer, and one customer under two addresses, once", async () => {
    const [one, two] = ["twice", "guest"].map((name) => `${name}@lists.example`)
    await engine.database.rows(
      `INSERT INTO customer (id, email, has_account) VALUES ('cus_twice', $1, true), ('cus_twice_guest', $1, false), ('cus_guest', $2, false)`,
      [one, two]
    )
    expect((await preview([one, ` ${one.toUpperCase()}`, two, "nobody@lists.example", "no address"], "email")).lines.map(({ line, outcome, reason }) => [line, outcome, reason])).toEqual([
      [2, "duplicate", "line 1"],
      [4, "not_found", null],
      [5, "invalid", "not an e-mail address"],
    ])
    expect(await preview(["cus_twice", "cus_twice", "cus_guest", ""])).toMatchObject({ matched: 2, duplicate: 1, invalid: [{ line: 4, reason: "empty" }], subjects: 2 })
  })

  it("tells the erased, whether their record is still there or not", async () => {
    await engine.database.rows(
      `INSERT INTO privacy_ledger_entry (id, customer_id, subject_id, request_id, method, identifier_hash, identifier_redacted, pseudonym, erased_at)
       SELECT 'prvled_' || c, c, 's', 'r', 'anonymize', 'h', 'r', 'p', now() FROM unnest(ARRAY['cus_long_7', 'cus_gone']) AS c`
    )
    expect((await preview(["cus_long_7", "cus_gone", "cus_long_8"])).lines.map(({ line, outcome, reason }) => [line, outcome, reason])).toEqual([
      [1, "erased", "erased before"],
      [2, "erased", "erased before"],
    ])
    await engine.database.rows("DELETE FROM privacy_ledger_entry WHERE subject_id = 's'")
  })

  it("gives the same hash for the same customers, in whatever order and however they are written", async () => {
    const forwards = await preview(crowd)
    const backwards = await preview([...crowd].reverse().map((id) => ` ${id} `))
    expect(backwards.plan_hash).toBe(forwards.plan_hash)
    expect((await preview(crowd.slice(1))).plan_hash).not.toBe(forwards.plan_hash)
    const kept = await engine.database.row("SELECT cardinality(customer_ids) AS count FROM privacy_plan WHERE hash = $1", [forwards.plan_hash])
    expect(kept.count).toBe(MANY)
  })

  it("is filed page by page, in the order of the ids, with the identifiers as they compare", async () => {
    const kind = identifierKind(engine.environment.options, "email")
    const pages = await engine.transaction(async (session) => {
      await reconcile(session, kind, listOf(crowd.map((_, index) => `Long${MANY - index}@Crowd.example`)))
      const found: { customer_id: string; value: string }[][] = []
      for await (const page of matchedCustomers(session, kind)) {
        found.push(page)
      }
      return found
    })
    expect(pages.map(({ length }) => length)).toEqual([1000, 1000, 500])
    expect(pages.flat().map(({ customer_id }) => customer_id)).toEqual([...crowd].sort())
    expect(pages[0][0]).toEqual({ customer_id: "cus_long_1", value: "long1@crowd.example", email: "long1@crowd.example", account: null, line: 2500 })
  })
})

describe("a file that turns out to be bad on the way", () => {
  it("is refused with its own message, and the connection goes on working", async () => {
    const file = `${crowd.join("\n")}\nlong1@crowd.example;Berta\n${crowd.join("\n")}`
    const identifiers = readIdentifierList(Readable.from(Buffer.from(file).toString().match(/[^]{1,4096}/g)?.map((piece) => Buffer.from(piece)) ?? []))
    const refused = engine.transaction((session) => previewBulk(session, engine.environment, { type: "erasure", identifier_type: "customer_id", identifiers }))
    await expect(refused).rejects.toMatchObject({ type: "invalid_data", message: expect.stringMatching(`^Line ${MANY + 1} has 2 columns`) })
    expect(await preview(crowd.slice(0, 2))).toMatchObject({ matched: 2 })
  })
})
