import { meetsOthers } from "../../src/modules/privacy/subjects/overlaps"
import { parentsAmong } from "../../src/modules/privacy/subjects/scope"
import { makeCrowd } from "../support/crowd"
import { eraseAll, openEngine, type Engine } from "../support/engine"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "statements" })
})

afterAll(() => engine?.close())

/** Counts what really goes over the wire, beside what the session counts itself. */
function countRoundTrips(): { count: number } {
  const trips = { count: 0 }
  const pool = engine.connection.client as unknown as { acquireConnection(): Promise<{ query: (...args: unknown[]) => unknown }> }
  const acquire = pool.acquireConnection.bind(pool)
  pool.acquireConnection = async () => {
    const raw = await acquire()
    const query = raw.query.bind(raw)
    raw.query = (...args) => {
      trips.count += 1
      return query(...args)
    }
    return raw
  }
  return trips
}

describe("the statements of a chunk", () => {
  it.each(["anonymize", "delete"] as const)("are as many for one subject as for five hundred (%s)", async (method) => {
    const crowd = await makeCrowd(engine.database, 561, method)
    const [one, some, many] = [
      await eraseAll(engine, crowd.slice(0, 1), { method }),
      await eraseAll(engine, crowd.slice(1, 61), { method }),
      await eraseAll(engine, crowd.slice(61), { method }),
    ]

    for (const { subjects } of [one, some, many]) {
      expect(new Set(subjects.map(({ status }) => status))).toEqual(new Set(["complete"]))
    }
    const counts = [one, some, many].map(({ chunks }) => chunks[0])
    expect(counts.map(({ subjects }) => subjects)).toEqual([1, 60, 500])
    process.stdout.write(`Statements per chunk (${method}): ${counts.map(({ statements, subjects }) => `${subjects} → ${statements}`).join(", ")}\n`)
    expect(counts[2].statements).toBe(counts[1].statements)
    // Above some tens of subjects the planner is given statistics of the temporary tables: of subjects and identifiers, of rows whenever others
    // are to be found from them (of smaller samples), and of all rows. And where two of them may have a row in common, it is looked whether they have.
    const { entries } = engine.environment.map
    expect(counts[1].statements - counts[0].statements).toBe(4 + parentsAmong(entries).size + entries.filter(meetsOthers).length)
  })

  it("are as many whatever the subjects own, and with held ones among them four more", async () => {
    const customers = await engine.database.rows<{ id: string }>("SELECT id FROM customer WHERE email NOT LIKE '%@crowd.example' ORDER BY id LIMIT 250")
    const crowd = await makeCrowd(engine.database, 250, "plain")
    const plain = await eraseAll(engine, crowd)
    const trips = countRoundTrips()

    const stories = await eraseAll(engine, customers.map(({ id }) => id))

    expect(stories.subjects.some(({ status }) => status === "held")).toBe(true)
    expect(stories.subjects.some(({ status }) => status === "complete")).toBe(true)
    expect(stories.subjects.filter(({ status }) => !["held", "complete"].includes(status))).toEqual([])
    expect(stories.chunks[0].subjects).toBe(250)
    expect(stories.chunks[0].statements - plain.chunks[0].statements).toBe(4)
    // Batches travel together: far fewer round trips than statements. Closing the request and the empty last claim are among them.
    process.stdout.write(`Round trips of a request of one chunk: ${trips.count}\n`)
    expect(trips.count).toBeLessThan(60)
  })
})
