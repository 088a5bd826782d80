import { setImmediate } from "node:timers/promises"
import type { Cell } from "../../src/modules/privacy/database/copy-in"
import type { Session } from "../../src/modules/privacy/database/session"
import { openEngine, type Engine } from "../support/engine"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "copy_in" })
})

afterAll(() => engine?.close())

const TABLE = "CREATE TEMP TABLE copied (number int, word text) ON COMMIT DROP"

async function* inBatches(...batches: Cell[][][]) {
  yield* batches
}

const copied = async (session: Session) => (await session.run<{ number: number; word: string }>("SELECT number, word FROM copied ORDER BY number")).rows

/** Copies, and reads back what arrived. */
const roundTrip = (batches: AsyncIterable<Cell[][]>) =>
  engine.transaction(async (session) => {
    await session.runAll([TABLE])
    const count = await session.copyIn("copied", ["number", "word"], batches)
    return { count, rows: await copied(session) }
  })

it("brings in whatever a text can hold", async () => {
  const words = ["", "a\tb\\n\n", "ä☃😀", "\\.", null, "x".repeat(200_000), '"quoted"']
  const rows = words.map((word, number) => [number - 1, word])
  expect(await roundTrip(inBatches(rows.slice(0, 3), [], rows.slice(3)))).toEqual({
    count: words.length,
    rows: words.map((word, number) => ({ number: number - 1, word })),
  })
})

it("brings in nothing, too", async () => {
  expect(await roundTrip(inBatches())).toEqual({ count: 0, rows: [] })
})

it("fills many buffers to their last byte", async () => {
  const rows = Array.from({ length: 20_000 }, (_, number): Cell[] => [number, "☃".repeat(number % 41)])
  const { count, rows: arrived } = await roundTrip(inBatches(rows))
  expect(count).toBe(rows.length)
  expect(arrived.map(({ number, word }) => [number, word])).toEqual(rows)
})

it("fails with the error of whoever gives the rows", async () => {
  const refusal = new Error("the third is wrong")
  async function* failing() {
    yield [[1, "one"]] as Cell[][]
    throw refusal
  }
  await expect(roundTrip(failing())).rejects.toBe(refusal)
  expect((await roundTrip(inBatches([[1, "one"]]))).count).toBe(1)
})

it("fails with the server's error, which does not quote a row, and asks for no more rows after it", async () => {
  let given = 0
  async function* endless() {
    for (;;) {
      given += 1
      // As a file does that is being read.
      await setImmediate()
      yield Array.from({ length: 1_000 }, (): Cell[] => [given, "secret\0person"])
      if (given === 10_000) {
        return
      }
    }
  }
  const refused = roundTrip(endless()).catch((error) => error)
  const error = await refused
  expect(error).toMatchObject({ code: "22021" })
  expect(JSON.stringify(error) + error.message).not.toMatch(/secret|person/)
  expect(given).toBeLessThan(10_000)
  expect((await roundTrip(inBatches([[1, "one"]]))).count).toBe(1)
})

it("fails when the connection is cut while rows travel, and the next one works", async () => {
  const cut = engine.transaction(async (session) => {
    const { rows } = await session.run<{ pid: number }>("SELECT pg_backend_pid() AS pid")
    async function* endless() {
      yield [[1, "one"]] as Cell[][]
      await engine.database.rows("SELECT pg_terminate_backend($1)", [rows[0].pid])
      for (let number = 0; number < 100_000; number += 1) {
        yield [[number, "x".repeat(1_000)]] as Cell[][]
      }
    }
    await session.runAll([TABLE])
    await session.copyIn("copied", ["number", "word"], endless())
  })
  await expect(cut).rejects.toThrow()
  expect((await roundTrip(inBatches([[1, "one"]]))).count).toBe(1)
})
