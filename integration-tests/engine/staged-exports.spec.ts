import { generateEntityId } from "@medusajs/framework/utils"
import { localCourier } from "../../src/modules/privacy/destinations/local"
import type { Delivery } from "../../src/modules/privacy/jobs/outbox"
import { openEngine, type Engine } from "../support/engine"
import { watchReads, type ReadStatement } from "../support/rows-read"

const ROWS = 20_000

let engine: Engine
let statementsSince: () => ReadStatement[]
const removed: string[] = []
let storageFails = false

beforeAll(async () => {
  engine = await openEngine({ name: "staged_exports" })
  await engine.database.rows(
    `INSERT INTO notification (id, "to", channel, template, data)
     SELECT 'noti_01' || lpad(n::text, 24, '0'), '', 'feed', 'admin-ui', '{"title": "x"}' FROM generate_series(1, ${ROWS}) AS n`
  )
  await engine.database.rows("ANALYZE notification")
  statementsSince = watchReads(engine.connection)
})

afterAll(() => engine?.close())

const app = {
  resolve: (key: string) =>
    key === "__pg_connection__"
      ? engine.connection
      : {
          getProvider: () => ({ fileProvider_: { backendUrl_: "http://localhost:9000/static" } }),
          retrieveFile: async () => {
            throw new Error("This provider signs no links")
          },
          getDownloadStream: async (key: string) => {
            if (removed.includes(key)) {
              throw Object.assign(new Error("No such file"), { code: "ENOENT" })
            }
            return [Buffer.from("order_id")]
          },
          deleteFiles: async (keys: string[]) => {
            if (storageFails) {
              throw new Error("down")
            }
            removed.push(...keys)
          },
        },
}

/** An export that waits for its download, as Medusa notes it. */
async function stage(name: string, id = generateEntityId(undefined, "noti")): Promise<string> {
  await engine.database.rows(`INSERT INTO notification (id, "to", channel, template, data) VALUES ($1, '', 'feed', 'admin-ui', $2)`, [
    id,
    { file: { filename: `${name}-order-exports.csv`, url: `/static/${name}-order-exports.csv` } },
  ])
  return id
}

const look = async () =>
  (await localCourier(app as never, "exports").deliver([{ id: "prvdel_1", attempts: 0, payload: {} } as Delivery]).at(0))?.at(0)?.status

const isStaged = async (id: string) => (await engine.database.row("SELECT data ? 'file' AS staged FROM notification WHERE id = $1", [id])).staged

describe("order exports that wait for a download", () => {
  it("are removed whenever they were staged, and kept on the list while the storage fails", async () => {
    const old = await stage("old", "noti_0000")
    storageFails = true
    expect(await look()).toBe("pending")
    expect(await isStaged(old)).toBe(true)
    storageFails = false
    expect(await look()).toBe("sent")
    expect(await isStaged(old)).toBe(false)
    expect(removed).toContain("old-order-exports.csv")
  })

  it("are found afterwards without reading every notification", async () => {
    statementsSince()
    const fresh = await stage("fresh")
    expect(await look()).toBe("sent")
    expect(await isStaged(fresh)).toBe(false)
    const reads = statementsSince().filter(({ text }) => text.includes("FROM notification"))
    expect(reads.length).toBeGreaterThan(0)
    expect(reads.flatMap(({ nodes }) => nodes)).not.toContain("Seq Scan notification")
    expect(Math.max(...reads.map(({ rows }) => rows))).toBeLessThan(ROWS / 10)
  })
})
