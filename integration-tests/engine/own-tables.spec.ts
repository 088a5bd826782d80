import { placeLegalHold, releaseLegalHold } from "../../src/modules/privacy/holds/legal-holds"
import { fileBulk, previewBulk } from "../../src/modules/privacy/requests/bulk-request"
import { changeState } from "../../src/modules/privacy/requests/change-state"
import { extendRequest } from "../../src/modules/privacy/requests/extend-request"
import { listOf } from "../../src/modules/privacy/subjects/identifier-list"
import { makeCrowd } from "../support/crowd"
import { eraseAll, openEngine, workOff, type Engine } from "../support/engine"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "own_tables" })
})

afterAll(() => engine?.close())

const actor = { id: "user_officer", type: "user" as const }

const emailOf = (name: string, n = 1) => `${name}${n}@crowd.example`

const fileList = (identifiers: string[], { type = "email", request = "erasure", confirm = identifiers.length, ...more }: Record<string, any> = {}) =>
  engine.transaction((session) =>
    fileBulk(session, engine.environment, {
      type: request, identifier_type: type, identifiers: listOf(identifiers), ...(request === "erasure" ? { confirm } : { format: "json" }), actor, ...more,
    })
  )

const subject = (requestId: string) =>
  engine.database.row<{ identifier: string | null; status: string }>("SELECT identifier, status FROM privacy_subject WHERE request_id = $1", [requestId])

/** Every row of the plugin's tables that holds one of the words, in any column. */
async function residue(words: string[]): Promise<string[]> {
  const tables = await engine.database.rows<{ name: string }>("SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE 'privacy\\_%'")
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await engine.database.rows<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t WHERE lower(t::text) LIKE ANY($1)`, [words.map((word) => `%${word.toLowerCase()}%`)])
    found.push(...rows.map(({ row }) => `${name}: ${row}`))
  }
  return found
}

describe("the plugin's own tables", () => {
  it("say nothing in plain of a person who was erased, whatever became of every other request about them", async () => {
    const [id] = await makeCrowd(engine.database, 1, "everywhere")
    const email = emailOf("everywhere")
    await engine.transaction((session) => placeLegalHold(session, id, "Everywhere Held v. shop, lawyer Dr. Kanari", actor))
    const held = await fileList([email])
    expect((await workOff(engine, held)).subjects).toMatchObject([{ status: "held" }])
    const [failed, stopped, canceled, waiting, extract, failedExtract] = [
      await fileList([email]), await fileList([email]), await fileList([email]), await fileList([email]),
      await fileList([email], { request: "access" }), await fileList([email], { request: "access" }),
    ]
    await engine.database.rows("UPDATE privacy_subject SET status = 'failed', error = 'Database error 23514' WHERE request_id = ANY($1)", [[failed, failedExtract]])
    await engine.database.rows("UPDATE privacy_request SET status = 'stopped' WHERE id = ANY($1)", [[stopped, extract]])
    await engine.transaction((session) => changeState(session, canceled, "cancel", actor))
    await engine.database.rows(
      `INSERT INTO privacy_subject (id, request_id, identifier_type, identifier, identifier_hash, identifier_redacted, pseudonym, status)
       SELECT 'prvsub_nameless', $1, 'email', $2, identifier_hash, identifier_redacted, 'erased-x', 'pending' FROM privacy_subject WHERE request_id = $1`,
      [waiting, email]
    )
    expect((await residue([email])).length).toBeGreaterThanOrEqual(6)
    await engine.transaction((session) => releaseLegalHold(session, id, actor))

    const last = await fileList([email])
    expect((await workOff(engine, last)).subjects).toMatchObject([{ status: "complete" }])

    expect(await residue([email, "Kanari", "Everywhere Held"])).toEqual([])
    const statuses = await Promise.all([held, failed, failedExtract, stopped, extract].map(async (request) => (await subject(request)).status))
    expect(statuses).toEqual(["canceled", "canceled", "canceled", "pending", "pending"])
    const audit = await engine.database.rows<{ action: string; request_id: string }>(
      "SELECT action, request_id FROM privacy_audit_entry WHERE customer_id = $1 AND action IN ('erasure.replaced', 'extract.refused') ORDER BY action, request_id",
      [id]
    )
    expect(audit.map(({ action }) => action)).toEqual(["erasure.replaced", "erasure.replaced", "extract.refused"])
    // The ones that wait find the customer erased and end.
    expect((await workOff(engine, stopped)).subjects).toMatchObject([{ status: "complete" }])
  })

  it("a legal hold that was forced ends with the person it was about, and its reason with it", async () => {
    const [id] = await makeCrowd(engine.database, 1, "forced")
    await engine.transaction((session) => placeLegalHold(session, id, "Forced Kanari v. shop", actor))
    await eraseAll(engine, [id], { overrides: ["legal_hold"] })
    expect(await engine.database.row("SELECT reason, released_at IS NOT NULL AS released FROM privacy_legal_hold WHERE customer_id = $1", [id])).toEqual({
      reason: "[erased]", released: true,
    })
    expect(await residue(["Forced Kanari"])).toEqual([])
  })

  it("a request that is canceled keeps no plain identifier, of what is held or failed neither", async () => {
    await makeCrowd(engine.database, 3, "cancel")
    const request = await fileList([1, 2, 3].map((n) => emailOf("cancel", n)))
    await engine.database.rows(
      "UPDATE privacy_subject SET status = CASE WHEN customer_id LIKE '%1' THEN 'held' WHEN customer_id LIKE '%2' THEN 'failed' ELSE status END WHERE request_id = $1",
      [request]
    )
    await engine.transaction((session) => changeState(session, request, "cancel", actor))
    const rows = await engine.database.rows("SELECT status, identifier FROM privacy_subject WHERE request_id = $1 ORDER BY customer_id", [request])
    expect(rows).toEqual([{ status: "held", identifier: null }, { status: "failed", identifier: null }, { status: "canceled", identifier: null }])
  })

  it("two requests with the same customers end side by side, and neither leaves an address", async () => {
    const customers = await makeCrowd(engine.database, 60, "race")
    const emails = customers.map((_, index) => emailOf("race", index + 1))
    const [one, two] = [await fileList(emails), await fileList([...emails].reverse())]
    const [first, second] = await Promise.all([workOff(engine, one), workOff(engine, two)])
    expect(new Set([...first.subjects, ...second.subjects].map(({ status }) => status))).toEqual(new Set(["complete"]))
    expect(await residue(["race1@crowd.example", "race60@crowd.example"])).toEqual([])
    expect(engine.logged).toEqual([])
  })

  it("take no reason that says whom it is about", async () => {
    await makeCrowd(engine.database, 2, "reason")
    await expect(fileList([emailOf("reason")], { reason: "Asked by Reason1@Crowd.example" })).rejects.toThrow(/leave the customer's e-mail address out/)
    await expect(fileList(["cus_reason_1"], { type: "customer_id", reason: "About CUS_reason_1, by phone" })).rejects.toThrow(/what a customer is known by/)
    const request = await fileList(["cus_reason_2"], { type: "customer_id", reason: "Ticket 4711" })
    const extend = (reason: string) => engine.transaction((session) => extendRequest(session, request, reason, actor))
    await expect(extend("reason2@crowd.example is abroad")).rejects.toThrow(/leave the customer's e-mail address out/)
    await expect(extend("cus_reason_2 is abroad")).rejects.toThrow(/what a customer is known by/)
    await extend("Many parcels")
  })
})

describe("the ledger", () => {
  it("knows an erased person by the address, whatever the list said", async () => {
    const [, phoned] = await makeCrowd(engine.database, 2, "byid")
    const request = await fileList(["cus_byid_1"], { type: "customer_id" })
    await workOff(engine, request)
    await eraseAll(engine, [phoned])

    const shown = await engine.transaction((session) =>
      previewBulk(session, engine.environment, {
        type: "erasure", identifier_type: "email", identifiers: listOf([" BYID1@crowd.example", "byid2@crowd.example", "nobody@crowd.example"]),
      })
    )
    expect(shown).toMatchObject({ erased: 2, not_found: 1, matched: 0 })
    expect(await residue(["byid1@crowd.example", "byid2@crowd.example"])).toEqual([])
  })

  it("leaves a person alone who has registered anew under the address", async () => {
    await makeCrowd(engine.database, 1, "anew")
    await workOff(engine, await fileList(["cus_anew_1"], { type: "customer_id" }))
    await engine.database.rows("INSERT INTO customer (id, email, has_account) VALUES ('cus_anew_again', 'anew1@crowd.example', TRUE)")
    const shown = await engine.transaction((session) =>
      previewBulk(session, engine.environment, { type: "erasure", identifier_type: "email", identifiers: listOf(["anew1@crowd.example"]) })
    )
    expect(shown).toMatchObject({ erased: 0, matched: 1 })
  })

  it("answers by the hash of an entry made before", async () => {
    const { identifier_hashes } = await engine.database.row("SELECT identifier_hashes FROM privacy_ledger_entry WHERE customer_id = 'cus_byid_1'")
    expect(identifier_hashes).toHaveLength(2)
    expect(identifier_hashes.every((hash: string) => /^k1:[0-9a-f]{64}$/.test(hash))).toBe(true)
  })
})

describe("plain identifiers", () => {
  it("are no parameters of a statement: the server's log may hold them", async () => {
    await makeCrowd(engine.database, 3, "param")
    const pool = engine.connection.client as unknown as { acquireConnection(): Promise<{ query: (...args: any[]) => unknown }> }
    const acquire = pool.acquireConnection.bind(pool)
    const seen: string[] = []
    pool.acquireConnection = async () => {
      const raw = await acquire()
      const query = raw.query.bind(raw)
      raw.query = (...args) => {
        seen.push(JSON.stringify([args[0]?.text, args[0]?.values ?? null]))
        return query(...args)
      }
      return raw
    }
    try {
      const request = await fileList(["param1@crowd.example", "param2@crowd.example", "param-missing@crowd.example"], { confirm: 2 })
      await fileList(["param3@crowd.example"], { request: "access" })
      await workOff(engine, request)
    } finally {
      pool.acquireConnection = acquire
    }
    expect(seen.length).toBeGreaterThan(10)
    expect(seen.filter((statement) => /param[-\w]*@crowd/.test(statement))).toEqual([])
  })
})
