import fs from "node:fs"
import path from "node:path"
import { generateEntityId } from "@medusajs/framework/utils"
import { unseal } from "../../src/modules/privacy/archives/cipher"
import { unwrapKey } from "../../src/modules/privacy/archives/keys"
import { makeCrowd } from "../support/crowd"
import { filesOf, openArchives, parsed } from "../support/extracts"
import { ok } from "../support/http"
import { delivered, finished } from "../support/requests"
import { startTestStore } from "../support/test-store"
import { unzip } from "../support/unzip"
import { FAULT_OPTIONS, FaultStore, FULL, pause, say, SEED, until } from "./fault-store"
import { end, randomFrom, startWorker } from "./workers"

const SIZE = FULL ? { subjects: 5000, kills: 100 } : { subjects: 300, kills: 6 }

jest.setTimeout(FULL ? 3_600_000 : 240_000)

/** Customers in an archive as the worker's storage has it: decrypted, unzipped, by the ids in the documents. */
async function customersIn(store: FaultStore, folder: string, file: { id: string; storage_key: string; wrapped_key: string; size: number }): Promise<string[]> {
  const key = unwrapKey(store.engine.environment.options.hashKeys, file.id, file.wrapped_key)
  const pieces: Buffer[] = []
  for await (const piece of unseal(fs.createReadStream(path.join(folder, file.storage_key)), { key, fileId: file.id, size: file.size, range: { start: 0, end: file.size - 1 } })) {
    pieces.push(piece)
  }
  const files = await unzip(Buffer.concat(pieces))
  return [...files.keys()].filter((name) => name.startsWith("customers/")).map((name) => parsed(files.get(name)).customer_id)
}

describe("a worker that is killed while it writes archives", () => {
  let store: FaultStore

  beforeAll(async () => {
    store = await FaultStore.open("extracts")
  })

  afterAll(() => store?.close())

  let crowds = 0

  const makeCustomers = (count: number) => makeCrowd(store.engine.database, count, `extract${(crowds += 1)}`)

  async function fileExtract(customers: string[]): Promise<string> {
    const id = generateEntityId(undefined, "prvreq")
    await store.engine.database.rows(
      `INSERT INTO privacy_request (id, reference, type, format, language, status, origin, requested_by_type, due_at)
       VALUES ($1, $1, 'access', 'json', 'en', 'pending', 'bulk', 'system', now())`,
      [id]
    )
    await store.engine.database.rows(
      `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier, identifier_hash, identifier_redacted, pseudonym)
       SELECT 'prvsub_' || md5($1 || id), $1, id, 'customer_id', id, 'k1:' || md5(id), left(id, 1) || '***', md5($1 || id) FROM unnest($2::text[]) AS c (id)`,
      [id, customers]
    )
    return id
  }

  it("loses nobody, has nobody twice, offers no half archive and leaves no file behind", async () => {
    say(`seed ${SEED}, an extract of ${SIZE.subjects}, up to ${SIZE.kills} kills (repeat with FAULTS_SEED=${SEED})`)
    const random = randomFrom(SEED)
    const events = store.eventsFile("kill")
    const folder = `${events}.files`
    fs.rmSync(folder, { recursive: true, force: true })
    const customers = await makeCustomers(SIZE.subjects)
    const id = await fileExtract(customers)
    let kills = 0
    for (; kills < SIZE.kills && !(await store.isComplete(id)); kills += 1) {
      const worker = await startWorker(store.url, events, FAULT_OPTIONS)
      await pause(random() * 900)
      await end(worker, "SIGKILL")
      // Whatever is ready is whole, at every moment.
      const half = await store.count("privacy_file WHERE request_id = $1 AND status = 'ready' AND (size IS NULL OR storage_key IS NULL)", [id])
      expect(half).toBe(0)
    }
    const worker = await startWorker(store.url, events, FAULT_OPTIONS)
    await store.untilDone(id)
    await end(worker, "SIGTERM")

    const ready = await store.engine.database.rows(
      "SELECT id, storage_key, wrapped_key, size::float8 AS size, subjects FROM privacy_file WHERE request_id = $1 AND status = 'ready' ORDER BY part",
      [id]
    )
    const found: string[] = []
    for (const file of ready) {
      const inside = await customersIn(store, folder, file as never)
      expect(inside).toHaveLength(file.subjects)
      found.push(...inside)
    }
    expect(found.sort()).toEqual([...customers].sort())
    const abandoned = await store.count("privacy_file WHERE request_id = $1 AND status <> 'ready'", [id])
    expect(await store.count("privacy_file WHERE request_id = $1 AND (status = 'writing' OR (status <> 'ready' AND removed_at IS NULL))", [id])).toBe(0)
    // A file that was opened and never written to may be left where the process died between opening it and noting its name.
    const left = fs.readdirSync(folder).filter((name) => fs.statSync(path.join(folder, name)).size > 0)
    expect(left.sort()).toEqual(ready.map(({ storage_key }) => storage_key).sort())
    say(`${kills} kills, ${abandoned} archives begun anew, ${ready.length} complete`)
  })

  it("in the middle of one leaves it to the next, also when the request is not resumed", async () => {
    const events = store.eventsFile("rest")
    const folder = `${events}.files`
    fs.rmSync(folder, { recursive: true, force: true })
    const id = await fileExtract(await makeCustomers(200))
    const slow = { ...FAULT_OPTIONS, bulk: { throttle_per_minute: 60 } }
    const worker = await startWorker(store.url, events, slow)
    await until("some are in the archive", async () => (await store.count("privacy_subject WHERE request_id = $1 AND file_id IS NOT NULL", [id])) > 0)
    await end(worker, "SIGKILL")
    await store.engine.database.rows("UPDATE privacy_request SET status = 'stopped' WHERE id = $1", [id])
    const next = await startWorker(store.url, events, slow)
    await until("the archive is gone", async () => (await store.count("privacy_file WHERE request_id = $1 AND status = 'abandoned' AND removed_at IS NOT NULL", [id])) === 1)
    await end(next, "SIGTERM")
    expect(await store.count("privacy_subject WHERE request_id = $1 AND status = 'pending' AND file_id IS NULL", [id])).toBe(200)
    expect(fs.readdirSync(folder)).toEqual([])
  })

  it("by SIGTERM completes the archive as far as it is", async () => {
    const events = store.eventsFile("term")
    fs.rmSync(`${events}.files`, { recursive: true, force: true })
    const id = await fileExtract(await makeCustomers(60))
    const slow = { ...FAULT_OPTIONS, bulk: { throttle_per_minute: 60 } }
    const worker = await startWorker(store.url, events, slow)
    await until("some are in the archive", async () => (await store.count("privacy_subject WHERE request_id = $1 AND file_id IS NOT NULL", [id])) > 0)
    expect(await end(worker, "SIGTERM")).toBe(0)
    const complete = await store.count("privacy_subject WHERE request_id = $1 AND status = 'complete'", [id])
    expect(complete).toBeGreaterThan(0)
    expect(complete).toBeLessThan(60)
    expect(await store.count("privacy_file WHERE request_id = $1 AND status = 'ready' AND subjects = $2", [id, complete])).toBe(1)
  })

  it("does not pass over who is taken up again while it runs, though it goes by", async () => {
    const events = store.eventsFile("again")
    fs.rmSync(`${events}.files`, { recursive: true, force: true })
    const id = await fileExtract(await makeCustomers(12))
    const [{ first }] = await store.engine.database.rows("UPDATE privacy_subject SET status = 'failed' WHERE id = (SELECT min(id) FROM privacy_subject WHERE request_id = $1) RETURNING id AS first", [id])
    const worker = await startWorker(store.url, events, { ...FAULT_OPTIONS, bulk: { throttle_per_minute: 60 } })
    await until("others are in the archive", async () => (await store.count("privacy_subject WHERE request_id = $1 AND file_id IS NOT NULL", [id])) > 0)
    await store.engine.database.rows("UPDATE privacy_subject SET status = 'pending' WHERE id = $1", [first])
    await store.untilDone(id)
    await end(worker, "SIGTERM")
    expect(await store.count("privacy_file WHERE request_id = $1 AND status = 'ready' AND subjects = 12", [id])).toBe(1)
    expect(await store.count("privacy_subject WHERE request_id = $1 AND status = 'complete'", [id])).toBe(12)
  })

  it("beside another one: two workers, one archive", async () => {
    const events = store.eventsFile("two")
    fs.rmSync(`${events}.files`, { recursive: true, force: true })
    const id = await fileExtract(await makeCustomers(100))
    const workers = await Promise.all([1, 2].map(() => startWorker(store.url, events, FAULT_OPTIONS)))
    await store.untilDone(id)
    await Promise.all(workers.map((worker) => end(worker, "SIGTERM")))
    expect(await store.count("privacy_file WHERE request_id = $1", [id])).toBe(1)
    expect(await store.count("privacy_file WHERE request_id = $1 AND status = 'ready' AND subjects = 100", [id])).toBe(1)
  })

  it("leaves a chain of audit entries that verifies", () => store.expectChain())
})

describe("a file storage whose disk is full", () => {
  it("stops the extract, which says so; no part of an archive is offered, and it can be resumed", async () => {
    const directory = path.resolve(".test/full-disk")
    const flag = path.resolve(".test/full-disk.flag")
    fs.rmSync(directory, { recursive: true, force: true })
    fs.writeFileSync(flag, "")
    const store = await startTestStore({
      name: "full_disk",
      options: { officers: [{ user: "admin@demo.test", permissions: ["all"] }], chunk_size: 10 },
      env: { DEMO_FILE_PROVIDER: JSON.stringify({ resolve: path.resolve("integration-tests/support/full-disk"), id: "full", options: { directory, flag, room: 70_000 } }) },
    })
    try {
      const customers = await makeCrowd(store.database, 150, "disk")
      // Random words do not pack.
      await store.database.rows("UPDATE customer SET metadata = jsonb_build_object('noise', (SELECT string_agg(md5(random()::text || n), '' ORDER BY n) FROM generate_series(1, 60) AS n WHERE id <> '')) WHERE id LIKE 'cus_disk%'")
      const { privacy_request } = await ok(
        store.officer.post("/admin/privacy-requests", { type: "access", format: "json", identifier_type: "customer_id", identifiers: customers })
      )
      const viewed = async () => (await ok(store.officer.get(`/admin/privacy-requests/${privacy_request.id}`))).privacy_request
      await until("the request has stopped", async () => (await viewed()).status === "stopped")
      const stopped = await viewed()
      expect(stopped).toMatchObject({ files: 0, error: expect.stringMatching(/The file storage refused the archive \(ENOSPC\)\. Make room/), totals: { complete: 0, pending: 150 } })
      expect(await filesOf(store, privacy_request.id)).toEqual([])
      await delivered(store, privacy_request.id)
      expect(fs.readdirSync(directory)).toEqual([])
      const told = await store.database.rows("SELECT data ->> 'title' AS title FROM notification WHERE channel = 'feed' AND data::text LIKE '%' || $1 || '%'", [stopped.reference])
      expect(told).toEqual([{ title: `Extract ${stopped.reference} has stopped` }])

      fs.rmSync(flag)
      await ok(store.officer.post(`/admin/privacy-requests/${privacy_request.id}/resume`))
      expect(await finished(store, privacy_request.id)).toMatchObject({ status: "complete", error: null, files: 1, totals: { complete: 150 } })
      const [archive] = await openArchives(store, privacy_request.id)
      expect([...archive.keys()].filter((name) => name.startsWith("customers/"))).toHaveLength(150)
      expect(fs.readdirSync(directory)).toHaveLength(1)
    } finally {
      fs.rmSync(flag, { force: true })
      await store.stop()
    }
  })
})
