import { inTransaction } from "../../src/modules/privacy/database/session"
import { eraseChunk } from "../../src/modules/privacy/erasure/erase-chunk"
import type { ClaimedSubject } from "../../src/modules/privacy/erasure/erasure-request"
import { makePlan } from "../../src/modules/privacy/erasure/plan"
import { placeLegalHold } from "../../src/modules/privacy/holds/legal-holds"
import { fileBulk, previewBulk } from "../../src/modules/privacy/requests/bulk-request"
import { changeState } from "../../src/modules/privacy/requests/change-state"
import { retrySubject } from "../../src/modules/privacy/requests/retry-subject"
import { listOf } from "../../src/modules/privacy/subjects/identifier-list"
import { acceptPresentIdentity } from "../../src/modules/privacy/subjects/identity"
import { makeCrowd } from "../support/crowd"
import { eraseAll, openEngine, workOff, type Engine } from "../support/engine"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "under_lock" })
})

afterAll(() => engine?.close())

const actor = { id: "user_officer", type: "user" as const }

const makeAccount = (id: string, email: string) => engine.database.rows("INSERT INTO customer (id, email, has_account) VALUES ($1, $2, TRUE)", [id, email])

const makeGuest = (id: string, email: string) => engine.database.rows("INSERT INTO customer (id, email, has_account) VALUES ($1, $2, FALSE)", [id, email])

const file = (identifiers: string[], type = "email", confirm = identifiers.length, more: Record<string, unknown> = {}) =>
  engine.transaction((session) =>
    fileBulk(session, engine.environment, { type: "erasure", identifier_type: type, identifiers: listOf(identifiers), confirm, actor, ...more })
  )

const hold = (id: string) => engine.transaction((session) => placeLegalHold(session, id, "Dispute", actor))

/** Erases a customer in a transaction that stays open until `during` has begun. */
async function whileErased<T>(customer: string, during: () => Promise<T>, method: "anonymize" | "delete" = "anonymize"): Promise<PromiseSettledResult<T>> {
  const requestId = await file([customer], "customer_id")
  let answer: Promise<PromiseSettledResult<T>[]> | undefined
  await inTransaction(engine.connection, async (session) => {
    const { rows } = await session.run<ClaimedSubject>("SELECT * FROM privacy_subject WHERE request_id = $1 FOR UPDATE", [requestId])
    await eraseChunk(session, engine.environment, { id: requestId, reference: requestId, plan: makePlan(method), overrides: [], actor }, rows)
    answer = Promise.allSettled([during()])
    await new Promise((resolve) => setTimeout(resolve, 500))
  })
  return ((await answer) as PromiseSettledResult<T>[])[0]
}

const held = (requestId: string) =>
  engine.database.row<{ status: string; holds: { code: string }[] }>("SELECT status, holds FROM privacy_subject WHERE request_id = $1", [requestId])

describe("a legal hold", () => {
  it.each(["anonymize", "delete"] as const)("placed while the customer is erased waits and is refused (%s)", async (method) => {
    const [id] = await makeCrowd(engine.database, 1, `late${method}`)
    const placed = await whileErased(id, () => hold(id), method)
    expect(placed).toMatchObject({ status: "rejected", reason: { type: "conflict", message: expect.stringContaining("already erased") } })
    expect(await engine.database.rows("SELECT 1 FROM privacy_legal_hold WHERE customer_id = $1", [id])).toEqual([])
  })

  it("placed on the guest record of the account that is erased waits and is refused", async () => {
    await makeAccount("cus_lockaccount", "lock.guest@crowd.example")
    await makeGuest("cus_lockguest", "Lock.Guest@crowd.example")
    const placed = await whileErased("cus_lockaccount", () => hold("cus_lockguest"))
    expect(placed).toMatchObject({ status: "rejected", reason: { type: "conflict" } })
  })

  it("on an account holds the guest record under its address, where that is erased by itself", async () => {
    await makeAccount("cus_heldaccount", "held.account@crowd.example")
    await makeGuest("cus_heldguest", "HELD.account@crowd.example")
    await makeGuest("cus_free", "free.guest@crowd.example")
    await hold("cus_heldaccount")
    const { subjects } = await eraseAll(engine, ["cus_heldguest", "cus_free"])
    expect(subjects).toMatchObject([
      { customer_id: "cus_free", status: "complete" },
      { customer_id: "cus_heldguest", status: "held", holds: [{ code: "legal_hold", params: { count: 1 } }] },
    ])
    expect(await engine.database.row("SELECT email FROM customer WHERE id = 'cus_heldguest'")).toEqual({ email: "HELD.account@crowd.example" })
  })

  it("on a customer lets a shopper's new address through while the chunk goes on", async () => {
    const [id] = await makeCrowd(engine.database, 1, "addaddress")
    await hold(id)
    const added = await whileErased(id, async () => {
      await engine.database.rows("SET lock_timeout = '200ms'")
      await engine.database.rows("INSERT INTO customer_address (id, customer_id, city) VALUES ('cuaddr_new', $1, 'Bonn')", [id])
    })
    await engine.database.rows("SET lock_timeout = 0")
    expect(added).toMatchObject({ status: "fulfilled" })
  })
})

describe("who changed since an erasure was filed", () => {
  it.each(["email", "customer_id"])("is held, whatever the request forces, where the address is another by now (listed by %s)", async (type) => {
    const name = `moved${type.replace("_", "")}`
    const [id] = await makeCrowd(engine.database, 1, name)
    const requestId = await file([type === "email" ? `${name}1@crowd.example` : id], type)
    await engine.database.rows("UPDATE customer SET email = $2 WHERE id = $1", [id, `somebody.else.${name}@crowd.example`])

    const { subjects } = await workOff(engine, requestId, { overrides: ["changed_since_plan", "legal_hold"] })

    expect(subjects).toMatchObject([{ status: "held", holds: [{ code: "changed_since_plan", severity: "block", overridden: false }] }])
    expect(await engine.database.row("SELECT email, first_name FROM customer WHERE id = $1", [id])).toEqual({
      email: `somebody.else.${name}@crowd.example`, first_name: "First1",
    })
  })

  it("is held where a guest has an account meanwhile, and is erased once an officer takes up this one", async () => {
    await makeGuest("cus_registers", "registers@crowd.example")
    await makeGuest("cus_stays", "stays@crowd.example")
    const requestId = await file(["registers@crowd.example", "stays@crowd.example"])
    await makeAccount("cus_registered", "Registers@crowd.example")
    expect((await workOff(engine, requestId)).subjects).toMatchObject([
      { customer_id: "cus_registers", status: "held", holds: [{ code: "changed_since_plan" }] },
      { customer_id: "cus_stays", status: "complete" },
    ])

    // Taking up the whole request approves nobody's change.
    await engine.transaction(async (session) => {
      await changeState(session, requestId, "retry", actor)
      await acceptPresentIdentity(session, engine.environment.options, { requestId, subjectId: null, actor })
    })
    expect((await workOff(engine, requestId)).subjects[0]).toMatchObject({ status: "held" })

    const { id: subjectId } = await engine.database.row("SELECT id FROM privacy_subject WHERE request_id = $1 AND status = 'held'", [requestId])
    await engine.transaction(async (session) => {
      await retrySubject(session, requestId, subjectId, actor)
      await acceptPresentIdentity(session, engine.environment.options, { requestId, subjectId, actor })
    })
    expect((await workOff(engine, requestId)).subjects[0]).toMatchObject({ status: "complete" })
    expect(await engine.database.rows("SELECT actor_id FROM privacy_audit_entry WHERE action = 'erasure.identity_accepted' AND subject_id = $1", [subjectId])).toEqual([
      { actor_id: "user_officer" },
    ])
    expect(await engine.database.row("SELECT email FROM customer WHERE id = 'cus_registered'")).toEqual({ email: "Registers@crowd.example" })
  })

  it("is not held for another casing, a new name or an account that was there before", async () => {
    await makeAccount("cus_before", "before@crowd.example")
    await makeGuest("cus_beforeguest", "before@crowd.example")
    const requestId = await file(["cus_beforeguest"], "customer_id")
    await engine.database.rows("UPDATE customer SET email = 'BEFORE@crowd.example', first_name = 'New' WHERE id = 'cus_beforeguest'")
    await workOff(engine, requestId)
    expect(await held(requestId)).toMatchObject({ status: "complete", holds: [] })
  })

  it("is not asked of a list whose value is to be dealt with otherwise than was shown: that is refused", async () => {
    await makeCrowd(engine.database, 1, "value")
    const input = () => ({ type: "erasure" as const, identifier_type: "email", identifiers: listOf(["value1@crowd.example"]) })
    const { plan_hash } = await engine.transaction((session) => previewBulk(session, engine.environment, input()))
    await expect(file(["value1@crowd.example"], "email", 1, { plan_hash, value: "hold" })).rejects.toThrow(/what becomes of value changed/)
    await file(["value1@crowd.example"], "email", 1, { plan_hash, value: "invalidate" })
  })
})
