import v8 from "node:v8"
import { ZipWriter } from "../../src/modules/privacy/archives/zip"
import { writeCustomer } from "../../src/modules/privacy/extraction/customer-files"
import type { ExtractPlan } from "../../src/modules/privacy/extraction/plan"
import { RowReader } from "../../src/modules/privacy/extraction/row-reader"
import { openEngine, type Engine } from "../support/engine"

const CUSTOMERS = 2000
const ROWS = 66

/** Rows as heavy as those of a shop. */
const SOURCE = `SELECT s AS subject, 0 AS entry, '{"note": "' || repeat(md5((s * 100 + r)::text), 14) || '"}' AS data
  FROM generate_series(0, ${CUSTOMERS - 1}) AS s, generate_series(1, ${ROWS}) AS r ORDER BY 1`
const READ = (CUSTOMERS * ROWS * 460) / 2 ** 20

const PLAN: ExtractPlan = {
  entries: [{ record: "order", kind: "orders", columns: [], entry: null, sql: "" }],
  redactOthers: true,
  rowsSql: SOURCE,
  recipientsSql: null,
}

const oldSpace = () => (v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === "old_space")?.space_used_size ?? 0) / 2 ** 20

describe("an extract", () => {
  let engine: Engine

  beforeAll(async () => {
    engine = await openEngine({ name: "extract_memory" })
  })

  afterAll(() => engine?.close())

  it("leaves its rows to the quick collections: they do not pile up in the old part of the heap", async () => {
    let bytes = 0
    const zip = new ZipWriter(async (chunk) => void (bytes += chunk.length), 1, new Date())
    let most = 0
    await engine.transaction(async (session) => {
      const reader = new RowReader(session)
      await reader.open(PLAN.rowsSql)
      const before = oldSpace()
      const head = { reference: "PR-1", extracted_at: new Date().toISOString(), passed_to: [] }
      for (let subject = 0; subject < CUSTOMERS; subject += 1) {
        const name = `customers/${subject}`
        await writeCustomer(zip, { plan: PLAN, format: "json", name, head: { ...head, customer_id: `cus_${subject}` }, subject, reader, counts: new Map() })
        most = Math.max(most, oldSpace() - before)
      }
      await reader.close()
    })
    expect(zip.entries).toBe(CUSTOMERS)
    expect(bytes).toBe(zip.bytes)
    expect(most).toBeLessThan(READ / 4)
  })
})
