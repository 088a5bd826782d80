import path from "node:path"
import { FAULT_OPTIONS, FaultStore, FULL, pause, say, SEED } from "./fault-store"
import { end, randomFrom, startWorker } from "./workers"

const SIZE = FULL ? { subjects: 5000, stops: 50 } : { subjects: 200, stops: 3 }

jest.setTimeout(FULL ? 3_600_000 : 240_000)

interface Server {
  port: number
  url(database: string): string
  createDatabase(database: string): Promise<string>
  stop(): Promise<void>
  crash(): Promise<void>
}

const DIRECTORY = path.resolve(".test/postgres-crash")

let server: Server

/** A Postgres of its own, as durable as a shop's: what is committed must survive. */
const start = async (port?: number): Promise<Server> => {
  const { startPostgres } = await import("../../scripts/lib/postgres.mjs" as string)
  return startPostgres({ directory: DIRECTORY, port, log: `${DIRECTORY}.log` })
}

beforeAll(async () => {
  server = await start()
})

afterAll(() => server?.stop())

it(`Postgres stops at once, ${SIZE.stops} times: the worker reconnects, nothing is lost or doubled`, async () => {
  const { migrateDatabase } = await import("../../scripts/lib/demo-store.mjs" as string)
  const databaseUrl = await server.createDatabase(`crash_${Date.now()}`)
  await migrateDatabase({ databaseUrl, log: path.resolve(".test/postgres-crash-migrate.log") })
  let store = await FaultStore.open("pgstop", databaseUrl)
  const events = store.eventsFile("events")
  const requests = [await store.fileMany(SIZE.subjects)]
  const worker = await startWorker(databaseUrl, events, FAULT_OPTIONS)
  const random = randomFrom(SEED)

  for (let stops = 0; stops < SIZE.stops; stops += 1) {
    await pause(random() * 1500)
    await store.close()
    await server.crash()
    await pause(random() * 2000)
    server = await start(server.port)
    store = await FaultStore.open(`pgstop${stops}`, databaseUrl)
    expect([worker.exitCode, worker.signalCode]).toEqual([null, null])
    if (await store.isComplete(requests[requests.length - 1])) {
      requests.push(await store.fileMany(SIZE.subjects))
    }
  }

  let repeated = 0
  for (const id of requests) {
    await store.untilDone(id)
    repeated += await store.expectExactly(id, SIZE.subjects, events)
  }
  expect(worker.exitCode).toBeNull()
  await end(worker, "SIGTERM")
  await store.expectChain()
  await store.close()
  say(`${SIZE.stops} stops of Postgres, 0 lost, 0 doubled over ${requests.length * SIZE.subjects} subjects; ${repeated} deliveries repeated under their key`)
})
