import { sealAudit, verifyChain, type ChainReport } from "../../src/modules/privacy/audit/chain"
import { recordAudit, SYSTEM } from "../../src/modules/privacy/audit/record"
import { parseOptions } from "../../src/modules/privacy/options"
import { openEngine, type Engine } from "../support/engine"

const OLD = "the pepper of last year, thirty-two and more"
const NEW = "the pepper of this year, thirty-two and more"
const keysOf = (pepper: unknown) => parseOptions({ pepper }, { production: true }).hashKeys
const before = keysOf({ current: "y1", keys: { y1: OLD } })
const rotated = keysOf({ current: "y2", keys: { y1: OLD, y2: NEW } })

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "chain" })
})

afterAll(() => engine?.close())

const record = (count: number) =>
  engine.transaction((session) => recordAudit(session, Array.from({ length: count }, (_, n) => ({ action: "test", actor: SYSTEM, details: { n } }))))
const seal = (keys = rotated) => engine.transaction((session) => sealAudit(session, keys))
const verify = (keys = rotated) => engine.transaction((session) => verifyChain(session, keys))

/** Does what only somebody with full rights on the database can, looks at the chain, and takes it back. */
async function tamper(statement: string): Promise<ChainReport> {
  let report: ChainReport | undefined
  await engine
    .transaction(async (session) => {
      await session.run("ALTER TABLE privacy_audit_entry DISABLE TRIGGER USER")
      await session.run(statement)
      report = await verifyChain(session, rotated)
      throw new Error("Roll back")
    })
    .catch(() => {})
  return report as ChainReport
}

describe("the hash chain of the audit log", () => {
  it("is empty and valid before anything happened", async () => {
    expect(await verify()).toEqual({ valid: true, entries: 0, unsealed: 0 })
  })

  it("links what was committed, in order, and says what waits", async () => {
    await record(3)
    expect(await verify(before)).toEqual({ valid: true, entries: 0, unsealed: 3 })
    expect(await seal(before)).toBe(3)
    expect(await seal(before)).toBe(0)
    expect(await verify(before)).toEqual({ valid: true, entries: 3, unsealed: 0 })
  })

  it("goes on under a new pepper, and needs the old one to verify", async () => {
    await record(4)
    await seal(rotated)
    expect(await verify(rotated)).toEqual({ valid: true, entries: 7, unsealed: 0 })
    expect(await verify(keysOf({ current: "y2", keys: { y2: NEW } }))).toMatchObject({
      valid: false, broken_at: { position: 1, problem: expect.stringContaining('the pepper "y1", which is not among the configured keys') },
    })
  })

  it("is sealed by one at a time, without a gap", async () => {
    await record(40)
    await Promise.all([seal(), seal(), seal()])
    await seal()
    expect(await verify()).toEqual({ valid: true, entries: 47, unsealed: 0 })
  })

  it.each([
    ["a changed action", "UPDATE privacy_audit_entry SET action = 'nothing' WHERE position = 5", 5, "the entry was changed after it was written"],
    ["changed details", `UPDATE privacy_audit_entry SET details = '{"n": 99}' WHERE position = 2`, 2, "the entry was changed after it was written"],
    ["a moment's difference", "UPDATE privacy_audit_entry SET created_at = created_at + interval '1 microsecond' WHERE position = 7", 7, "the entry was changed after it was written"],
    ["another actor", "UPDATE privacy_audit_entry SET actor_id = 'user_x' WHERE position = 1", 1, "the entry was changed after it was written"],
    ["a deleted entry", "DELETE FROM privacy_audit_entry WHERE position = 6", 6, "an entry is missing here"],
    ["the first one deleted", "DELETE FROM privacy_audit_entry WHERE position = 1", 1, "an entry is missing here"],
    ["a hidden entry", "UPDATE privacy_audit_entry SET deleted_at = now() WHERE position = 4", 4, "an entry is missing here"],
    [
      "two entries that changed places",
      "UPDATE privacy_audit_entry SET position = CASE position WHEN 3 THEN -4 ELSE -3 END WHERE position IN (3, 4); UPDATE privacy_audit_entry SET position = -position WHERE position < 0",
      3,
      "the entry does not follow the one before it",
    ],
    ["a hash that somebody made up", "UPDATE privacy_audit_entry SET hash = 'y2:' || repeat('0', 64) WHERE position = 9", 9, "the entry was changed after it was written"],
  ])("breaks at %s, at the right place", async (_, statement, position, problem) => {
    const report = await tamper(statement)
    expect(report).toMatchObject({ valid: false, entries: position - 1, broken_at: { position, problem } })
    expect(report.broken_at?.entry_id).toEqual(problem === "an entry is missing here" ? null : expect.stringMatching(/^prvaud_/))
    expect(await verify()).toMatchObject({ valid: true, entries: 47 })
  })
})
