import { recordAudit, SYSTEM } from "../../src/modules/privacy/audit/record"
import { sealAudit } from "../../src/modules/privacy/audit/chain"
import { parseOptions } from "../../src/modules/privacy/options"
import { openEngine, type Engine } from "../support/engine"
import { runScript } from "../support/medusa-exec"

const PEPPER = "a pepper for the test of a script, long enough"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "script" })
  const { hashKeys } = parseOptions({ pepper: PEPPER }, { production: true })
  await engine.transaction((session) => recordAudit(session, [1, 2, 3].map(() => ({ action: "test", actor: SYSTEM }))))
  await engine.transaction((session) => sealAudit(session, hashKeys))
})

afterAll(() => engine?.close())

const run = () => runScript("verify-audit.js", { databaseUrl: engine.databaseUrl, env: { PRIVACY_PEPPER: PEPPER } })

describe("npx medusa exec …/scripts/verify-audit.js", () => {
  it("says that the chain holds and ends with 0", async () => {
    expect(await run()).toEqual({ code: 0, output: expect.stringContaining("The audit chain holds: 3 entries.") })
  })

  it("names the first broken place and ends with 1", async () => {
    await engine.database.rows("ALTER TABLE privacy_audit_entry DISABLE TRIGGER USER")
    await engine.database.rows("UPDATE privacy_audit_entry SET actor_id = 'user_x' WHERE position = 2")
    const { code, output } = await run()
    expect(output).toMatch(/The audit chain is broken at position 2: the entry was changed after it was written \(entry prvaud_\w+\)\./)
    expect(code).toBe(1)
  })
})
