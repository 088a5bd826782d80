import { sealAudit, verifyChain } from "../../src/modules/privacy/audit/chain"
import { recordAudit, SYSTEM } from "../../src/modules/privacy/audit/record"
import { checkKeys } from "../../src/modules/privacy/keys/check-keys"
import { parseOptions } from "../../src/modules/privacy/options"
import { openEngine, type Engine } from "../support/engine"

const FIRST = "the pepper this store has been used with from the start"
const SECOND = "the pepper that somebody typed in its place one day"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "key_check" })
})

afterAll(() => engine?.close())

beforeEach(async () => {
  await engine.database.rows("DELETE FROM privacy_key_check")
})

const keysOf = (pepper?: unknown) => parseOptions({ pepper }, { production: false }).hashKeys
const check = (pepper?: unknown, remember = true) => engine.transaction((session) => checkKeys(session, keysOf(pepper), { remember }))
const stored = () => engine.database.rows("SELECT id FROM privacy_key_check ORDER BY id")

describe("another pepper under the same id", () => {
  it("is noticed at the next start, and the former one is taken again", async () => {
    expect(await check(FIRST)).toBeNull()
    expect(await check(SECOND)).toMatchObject({ code: "other_key", key: "k1", message: expect.stringMatching(/Put the former pepper back, or give the new one an id of its own/) })
    expect(await check(FIRST)).toBeNull()
  })

  it("never has a pepper in its message or in the database", async () => {
    await check(FIRST)
    const problem = await check(SECOND)
    expect(JSON.stringify([problem, await engine.database.rows("SELECT * FROM privacy_key_check")])).not.toMatch(/from the start|somebody typed/)
  })

  it("is noticed for a key that only verifies, too", async () => {
    await check({ current: "k1", keys: { k1: FIRST } })
    expect(await check({ current: "k2", keys: { k1: SECOND, k2: SECOND } })).toMatchObject({ code: "other_key", key: "k1" })
    expect(await check({ current: "k2", keys: { k1: FIRST, k2: SECOND } })).toBeNull()
    expect(await stored()).toEqual([{ id: "k1" }, { id: "k2" }])
  })

  it("is not remembered by a process that is no start of the store", async () => {
    expect(await check(SECOND, false)).toBeNull()
    expect(await stored()).toEqual([])
    expect(await check(FIRST)).toBeNull()
  })

  it("of two processes that start side by side is refused to one of them", async () => {
    const problems = await Promise.all([check(FIRST), check(SECOND)])
    expect(problems.filter(Boolean)).toHaveLength(1)
  })
})

describe("the development pepper", () => {
  it("is refused where the store has been used with another, under whatever id", async () => {
    await check(FIRST)
    expect(await check()).toMatchObject({ code: "other_key", message: expect.stringMatching(/option `pepper` is missing/) })
    await engine.database.rows("DELETE FROM privacy_key_check")
    await check({ current: "live", keys: { live: FIRST } })
    expect(await check()).toMatchObject({ code: "development_key", message: expect.stringMatching(/used with a pepper of its own \("live"\)/) })
  })

  it("is taken in a store that knows no other", async () => {
    expect(await check()).toBeNull()
    expect(await check()).toBeNull()
  })
})

describe("a store from before check values were kept", () => {
  beforeAll(async () => {
    await engine.transaction((session) => recordAudit(session, [1, 2, 3].map(() => ({ action: "test", actor: SYSTEM }))))
    await engine.transaction((session) => sealAudit(session, keysOf(FIRST)))
  })

  it("is known by what its audit log was sealed with", async () => {
    expect(await check(SECOND)).toMatchObject({ code: "other_key", key: "k1" })
    expect(await stored()).toEqual([])
    expect(await check(FIRST)).toBeNull()
  })

  it("is known by its first entry when the last one was changed", async () => {
    await engine.database.rows("ALTER TABLE privacy_audit_entry DISABLE TRIGGER USER")
    await engine.database.rows("UPDATE privacy_audit_entry SET actor_id = 'user_x' WHERE position = 3")
    expect(await check(FIRST)).toBeNull()
  })

  it("says in a check of the chain that the pepper is another, not that an entry was changed", async () => {
    await check(FIRST)
    const problem = await check(SECOND)
    const report = await engine.transaction((session) => verifyChain(session, keysOf(SECOND), problem))
    expect(report).toMatchObject({ valid: false, broken_at: { problem: expect.stringMatching(/not the one this store has been used with/) } })
  })
})
