import { FAULT_OPTIONS, FaultStore, until } from "./fault-store"
import { end, startWorker } from "./workers"

jest.setTimeout(240_000)

let store: FaultStore

beforeAll(async () => {
  store = await FaultStore.open("refused")
})

afterAll(() => store?.close())

it("A request that the job refuses stops and says why, and ends once it is resumed", async () => {
  const events = store.eventsFile("strict")
  const strict = { ...FAULT_OPTIONS, strict: true }
  // The worker does not know the tables of the demo's own modules: nothing classifies them.
  const id = await store.fileMany(5)
  const state = () => store.engine.database.row("SELECT status, error FROM privacy_request WHERE id = $1", [id])
  const refusing = await startWorker(store.url, events, strict)
  await until("the request has stopped", async () => (await state()).status === "stopped")
  await end(refusing, "SIGTERM")
  expect((await state()).error).toMatch(/^Strict mode: \d+ columns are not classified/)
  expect(await store.count("privacy_subject WHERE request_id = $1 AND status = 'pending'", [id])).toBe(5)
  expect(await store.count("privacy_audit_entry WHERE request_id = $1 AND action = 'request.stopped'", [id])).toBe(1)

  await store.engine.database.rows("UPDATE privacy_request SET status = 'pending' WHERE id = $1", [id])
  const other = await startWorker(store.url, events, { ...strict, strict: false })
  await store.untilDone(id)
  await end(other, "SIGTERM")
  expect(await state()).toEqual({ status: "complete", error: null })
})
