import fs from "node:fs"
import path from "node:path"
import { LocalFileService } from "@medusajs/file-local/dist/services/local-file"
import { container } from "@medusajs/framework"
import { asValue } from "@medusajs/framework/awilix"
import { knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { unseal } from "../../src/modules/privacy/archives/cipher"
import { unwrapKey } from "../../src/modules/privacy/archives/keys"
import { EXTRACT_LIMITS } from "../../src/modules/privacy/destinations/call"
import { DestinationError, type ExtractInput } from "../../src/modules/privacy/destinations/contract"
import { feedMessage } from "../../src/modules/privacy/destinations/feed-message"
import { parseOptions } from "../../src/modules/privacy/options"
import { announceExtract } from "../../src/modules/privacy/requests/announce-extract"
import { closeRequest } from "../../src/modules/privacy/requests/request-state"
import { runExtract } from "../../src/modules/privacy/requests/run-extract"
import { StripeDestination } from "../../src/providers/stripe/service"
import { makeCrowd } from "../support/crowd"
import { destination } from "../support/deliveries"
import { eraseAll, openEngine, type Engine } from "../support/engine"
import { parsed } from "../support/extracts"
import { startStripe, stripeKeys, type FakeStripe } from "../support/fake-stripe"
import { unzip } from "../support/unzip"

const FOLDER = path.resolve(".test/asked-files")

const DONE = { removed: [], retained: [], messages: [], done: true }

/** A destination that notes what it was asked, and answers as the test says. */
const crm = {
  needs: ["customer_id", "email"] as const,
  asked: [] as ExtractInput[],
  answer: (async () => ({})) as (input: ExtractInput) => Promise<unknown>,
  erase: async () => DONE,
  extract(input: ExtractInput) {
    crm.asked.push(input)
    return crm.answer(input) as never
  },
}

let engine: Engine
let stripe: FakeStripe

beforeAll(async () => {
  fs.rmSync(FOLDER, { recursive: true, force: true })
  stripe = await startStripe()
  const storage = new LocalFileService({} as never, { upload_dir: FOLDER, private_upload_dir: FOLDER, backend_url: "http://localhost/static" } as never)
  container.register({ file: asValue({ getUploadStream: (file: never) => storage.getUploadStream(file) }) })
  engine = await openEngine({
    name: "asked",
    destinations: [
      destination("crm", crm),
      destination("silent", { needs: ["email"], erase: async () => DONE }),
      destination("stripe", new StripeDestination({}, { ...stripeKeys, api_host: stripe.url })),
    ],
  })
})

beforeEach(() => {
  crm.asked.length = 0
  crm.answer = async ({ identifiers: { customer_ids } }) => page([{ kind: "note", records: [{ about: customer_ids[0] }] }])
  jest.restoreAllMocks()
})

afterAll(async () => {
  await engine?.close()
  await stripe?.stop()
})

const page = (data: { kind: string; records: object[] }[], cursor: string | null = null) => ({ data, done: cursor === null, cursor })

async function file(customers: string[], format: "json" | "csv") {
  const id = generateEntityId(undefined, "prvreq")
  await engine.database.rows(
    `INSERT INTO privacy_request (id, reference, type, format, language, status, origin, requested_by_type, due_at)
     VALUES ($1, $1, 'access', $2, 'en', 'in_progress', 'bulk', 'system', now())`,
    [id, format]
  )
  await engine.database.rows(
    `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier, identifier_hash, identifier_redacted, pseudonym)
     SELECT 'prvsub_' || $1 || '_' || n, $1, id, 'customer_id', id, 'k1:' || md5(id), left(id, 1) || '***', md5($1 || id) FROM unnest($2::text[]) WITH ORDINALITY AS c (id, n)`,
    [id, customers]
  )
  return id
}

async function work(id: string, format: "json" | "csv", single = false) {
  const logged: string[] = []
  const logger = { error: (message: string) => logged.push(message) } as never
  await runExtract(engine.connection, engine.environment, { id, reference: id, format, language: "en", single, actor: { id: null, type: "system" } }, { logger })
  await engine.transaction(async (session) => {
    await closeRequest(session, id)
  })
  return logged
}

async function ask(customers: string[], { format = "json", single = false }: { format?: "json" | "csv"; single?: boolean } = {}) {
  const id = await file(customers, format)
  const logged = await work(id, format, single)
  const archives = await archivesOf(id)
  return { id, logged, archive: archives[0], archives }
}

async function archivesOf(id: string): Promise<Map<string, Buffer>[]> {
  const files = await engine.database.rows("SELECT id, storage_key, wrapped_key, size::float8 AS size FROM privacy_file WHERE request_id = $1 AND status = 'ready' ORDER BY part", [id])
  return Promise.all(
    files.map(async ({ id: fileId, storage_key, wrapped_key, size }) => {
      const key = unwrapKey(engine.environment.options.hashKeys, fileId, wrapped_key)
      const pieces: Buffer[] = []
      for await (const piece of unseal(fs.createReadStream(path.join(FOLDER, storage_key)), { key, fileId, size, range: { start: 0, end: size - 1 } })) {
        pieces.push(piece)
      }
      return unzip(Buffer.concat(pieces))
    })
  )
}

const subjectsOf = (id: string) => engine.database.rows("SELECT customer_id, status, error FROM privacy_subject WHERE request_id = $1 ORDER BY id", [id])

const requestOf = (id: string) => engine.database.row("SELECT status, error FROM privacy_request WHERE id = $1", [id])

const audited = (id: string, action: string) => engine.database.rows("SELECT customer_id FROM privacy_audit_entry WHERE request_id = $1 AND action = $2 ORDER BY customer_id", [id, action])

it("An extract, with what destinations answer, holds one connection of the pool from beginning to end", async () => {
  const id = await file(await makeCrowd(engine.database, 25, "onepool"), "json")
  const pool = knex({ client: "pg", connection: engine.databaseUrl, pool: { min: 0, max: 1 }, acquireConnectionTimeout: 2000 })
  try {
    await runExtract(pool, engine.environment, { id, reference: id, format: "json", language: "en", single: false, actor: { id: null, type: "system" } }, {
      logger: { error: jest.fn(), warn: jest.fn() } as never,
    })
  } finally {
    await pool.destroy()
  }
  expect((await subjectsOf(id)).map(({ status }) => status)).toEqual(Array.from({ length: 25 }, () => "complete"))
})

describe("what the destinations hold on a customer", () => {
  it("stands in the archive beside what the shop holds, page by page, and the manifest names it (JSON)", async () => {
    const [customer] = await makeCrowd(engine.database, 1, "jsonasked")
    const long = "x".repeat(50_000)
    crm.answer = async ({ cursor }) =>
      cursor ? page([{ kind: "mail", records: [{ subject: long }, { subject: long }, { subject: "last" }] }]) : { ...page([{ kind: "note", records: [{ text: "first" }] }], "2"), messages: ["From the archive"] }
    const sessions: number[] = []
    const answer = crm.answer
    crm.answer = async (input) => {
      const { count } = await engine.database.row("SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND backend_xmin IS NOT NULL")
      sessions.push(count)
      return answer(input)
    }

    const { id, archive } = await ask([customer], { single: true })

    expect([...archive.keys()].sort()).toEqual(["README.txt", "first1_last1.json", "first1_last1/recipients/crm.json", "manifest.json"])
    const answered = parsed(archive.get("first1_last1/recipients/crm.json"))
    expect(answered).toEqual({
      customer_id: customer, reference: id, destination: "crm", asked_at: expect.any(String),
      records: [
        { kind: "note", data: { text: "first" } }, { kind: "mail", data: { subject: long } }, { kind: "mail", data: { subject: long } }, { kind: "mail", data: { subject: "last" } },
      ],
      messages: ["From the archive"], complete: true, error: null,
    })
    // It was given what it needs, and no transaction waited for it.
    expect(crm.asked).toEqual([null, "2"].map((cursor) => ({ identifiers: { customer_ids: [customer], emails: ["jsonasked1@crowd.example"], account_holders: [] }, reference: id, cursor })))
    expect(sessions).toEqual([0, 0])
    expect(parsed(archive.get("manifest.json")).destinations).toEqual([{ destination: "crm", subjects: 1, records: 4, complete: true, incomplete: 0, could_not_be_asked: [] }])
    expect(archive.get("README.txt")?.toString()).toContain('stands under "recipients"')
    expect(archive.get("README.txt")?.toString()).not.toContain("NOT COMPLETE")
    expect(await subjectsOf(id)).toEqual([{ customer_id: customer, status: "complete", error: null }])
    expect(await requestOf(id)).toEqual({ status: "complete", error: null })
  })

  it("stands as raw JSON beside the CSV files, in each customer's own folder; more of them than are asked at once", async () => {
    const customers = await makeCrowd(engine.database, 12, "csvasked")

    const { id, archive } = await ask(customers, { format: "csv" })

    for (const [index, customer] of customers.entries()) {
      const folder = `customers/first${index + 1}_last${index + 1}-${customer}`
      expect(archive.has(`${folder}/orders.csv`)).toBe(true)
      expect(parsed(archive.get(`${folder}/recipients/crm.json`))).toMatchObject({ customer_id: customer, records: [{ kind: "note", data: { about: customer } }], complete: true })
    }
    expect(crm.asked).toHaveLength(12)
    expect(parsed(archive.get("manifest.json"))).toMatchObject({ subjects: 12, destinations: [{ destination: "crm", subjects: 12, records: 12, complete: true }] })
    expect((await subjectsOf(id)).every(({ status, error }) => status === "complete" && error === null)).toBe(true)
  })

  it("is not handed out of whom was erased while the destination was asked", async () => {
    const [stays, goes] = await makeCrowd(engine.database, 2, "askederased")
    crm.answer = async () => {
      if (crm.asked.length === 2) {
        expect((await eraseAll(engine, [goes])).subjects).toMatchObject([{ status: "complete" }])
      }
      return page([{ kind: "note", records: [{ text: "kept elsewhere" }] }])
    }
    const { id, archives } = await ask([stays, goes])
    expect(await subjectsOf(id)).toEqual([{ customer_id: stays, status: "complete", error: null }, { customer_id: goes, status: "canceled", error: "erased meanwhile" }])
    expect(archives).toHaveLength(1)
    expect([...archives[0].keys()].filter((name) => name.startsWith("customers/"))).toEqual([
      `customers/first1_last1-${stays}.json`, `customers/first1_last1-${stays}/recipients/crm.json`,
    ])
  })

  it("is read from Stripe: every customer of theirs with subscriptions, also ended ones, and schedules", async () => {
    const [customer] = await makeCrowd(engine.database, 1, "stripeasked")
    stripe.state.pageSize = 2
    stripe.state.add("cusAsk1", { subscriptions: ["active", "canceled", "trialing"], schedules: ["active"] })
    stripe.state.add("cusAsk2")
    for (const [index, external] of ["cusAsk1", "cusAsk2", "cusGone"].entries()) {
      await engine.database.rows("INSERT INTO account_holder (id, provider_id, external_id, data) VALUES ($1, 'pp_stripe_stripe', $2, '{}')", [`acchld_asked_${index}`, external])
      await engine.database.rows("INSERT INTO customer_account_holder (id, customer_id, account_holder_id) VALUES ($1, $2, $3)", [`cah_asked_${index}`, customer, `acchld_asked_${index}`])
    }

    const { archive } = await ask([customer], { single: true })

    const { records, complete } = parsed(archive.get("first1_last1/recipients/stripe.json"))
    expect(complete).toBe(true)
    expect(records.map(({ kind, data }: any) => `${kind} ${data.id}`)).toEqual([
      "Stripe customer cusAsk1", "Stripe subscription sub_cusAsk1_0", "Stripe subscription sub_cusAsk1_1", "Stripe subscription sub_cusAsk1_2",
      "Stripe subscription schedule sched_cusAsk1_0", "Stripe customer cusAsk2",
    ])
    expect(records[0].data.email).toBe("somebody@example.com")
    expect(stripe.state.effects).toEqual([])
  })
})

describe("a destination that fails", () => {
  it.each([
    ["answers malformed", async () => ({ records: [] }), /breaks the contract.*Its provider must be mended/, 1],
    ["does not come forward", async () => page([{ kind: "note", records: [{}] }], "same"), /does not come forward/, 2],
    ["refuses for good", async () => { throw new DestinationError("refused1@crowd.example is locked.", { permanent: true }) }, /^What "crm" holds is not all in the archive\. \[identifier\] is locked\.$/, 1],
    ["fails three times", async () => { throw new DestinationError("It is busy.", { retryAfter: 0.01 }) }, /It is busy/, 3],
    ["asks for too long a rest", async () => { throw new DestinationError("It is busy.", { retryAfter: 3600 }) }, /It is busy/, 1],
    ["throws what quotes the person", async () => { throw Object.assign(new TypeError("refused1@crowd.example"), { code: "E_ANY" }) }, /archive\. TypeError E_ANY$/, 3],
    ["does not come back", () => new Promise(() => {}), /did not answer within 0\.2 seconds/, 1],
  ])("and %s does not keep the person from the rest; nothing is missing in silence", async (_, answer, message, asked) => {
    jest.replaceProperty(EXTRACT_LIMITS, "call", 200)
    jest.replaceProperty(EXTRACT_LIMITS, "pause", 10)
    await engine.database.rows("DELETE FROM customer WHERE id = 'cus_refused_1'")
    const customer = "cus_refused_1"
    await engine.database.rows("INSERT INTO customer (id, email, first_name, last_name) VALUES ($1, 'refused1@crowd.example', 'First1', 'Last1')", [customer])
    crm.answer = answer

    const { id, archive, logged } = await ask([customer], { single: true })

    expect(crm.asked).toHaveLength(asked)
    const [subject] = await subjectsOf(id)
    expect(subject).toEqual({ customer_id: customer, status: "complete", error: expect.stringMatching(message) })
    expect(subject.error).not.toContain("refused1")
    const document = parsed(archive.get("first1_last1/recipients/crm.json"))
    expect(document).toMatchObject({ complete: false, error: expect.any(String) })
    expect(subject.error).toContain(document.error)
    expect(parsed(archive.get("manifest.json")).destinations).toEqual([
      { destination: "crm", subjects: 1, records: document.records.length, complete: false, incomplete: 1, could_not_be_asked: [{ customer_id: customer, error: document.error }] },
    ])
    expect(archive.get("README.txt")?.toString()).toContain("NOT COMPLETE")
    expect(parsed(archive.get("first1_last1.json")).data.customers).toHaveLength(1)
    expect(await audited(id, "extract.incomplete")).toEqual([{ customer_id: customer }])
    expect(logged).toEqual([])
    await engine.transaction((session) => announceExtract(session, parseOptions({}, { production: false }), id))
    const told = await engine.database.row("SELECT event, payload FROM privacy_delivery WHERE request_id = $1 AND destination = 'feed' ORDER BY id DESC LIMIT 1", [id])
    expect(feedMessage(told.event, told.payload).description).toContain("1 without all that others hold")
  })

  it("for one customer does not stop the others; what passes is asked again", async () => {
    jest.replaceProperty(EXTRACT_LIMITS, "pause", 10)
    const customers = await makeCrowd(engine.database, 6, "some")
    const tries = new Map<string, number>()
    crm.answer = async ({ identifiers: { customer_ids: [customer] } }) => {
      tries.set(customer, (tries.get(customer) ?? 0) + 1)
      if (customer === customers[1]) {
        throw new DestinationError("Unknown.", { permanent: true })
      }
      if (customer === customers[3] && tries.get(customer) === 1) {
        throw new Error("passing")
      }
      return page([])
    }
    const { id } = await ask(customers)
    expect(await requestOf(id)).toEqual({ status: "complete", error: null })
    const subjects = await subjectsOf(id)
    expect(subjects.filter(({ error }) => error).map(({ customer_id }) => customer_id)).toEqual([customers[1]])
    expect(tries.get(customers[3])).toBe(2)
  })

  it("again and again stops the request, with an archive of what there is; resumed, it asks for the rest", async () => {
    jest.replaceProperty(EXTRACT_LIMITS, "pause", 1)
    const customers = await makeCrowd(engine.database, 25, "down")
    crm.answer = async () => {
      throw new Error("down")
    }

    const { id, archives, logged } = await ask(customers)

    expect(await requestOf(id)).toEqual({ status: "stopped", error: '"crm" could not be asked what it holds on the customers. Resume the extract when it answers again.' })
    expect(logged).toEqual([expect.stringContaining('was stopped. "crm" could not be asked')])
    expect(archives).toHaveLength(1)
    const first = await subjectsOf(id)
    expect(first.filter(({ status }) => status === "pending")).toHaveLength(15)
    const lacking = first.filter(({ error }) => error)
    expect(lacking).toHaveLength(10)
    expect(lacking.filter(({ error }) => /Not asked: the destination failed 3 times/.test(error)).length).toBe(7)
    expect(parsed(archives[0].get("manifest.json")).destinations).toMatchObject([{ subjects: 10, complete: false, incomplete: 10 }])
    const [stop] = await engine.database.rows("SELECT payload FROM privacy_delivery WHERE request_id = $1 AND event = 'request.stopped'", [id])
    expect(stop.payload.message).toContain('"crm" could not be asked')

    crm.answer = async () => page([])
    await engine.database.rows("UPDATE privacy_request SET status = 'in_progress', error = NULL WHERE id = $1", [id])
    await work(id, "json")
    expect(await requestOf(id)).toEqual({ status: "complete", error: null })
    expect((await archivesOf(id)).map((archive) => parsed(archive.get("manifest.json")).subjects)).toEqual([10, 15])
    expect((await subjectsOf(id)).filter(({ error }) => error)).toHaveLength(10)
  })
})
