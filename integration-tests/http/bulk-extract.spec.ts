import fs from "node:fs"
import path from "node:path"
import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import Papa from "papaparse"
import { expireFiles } from "../../src/modules/privacy/archives/files"
import { inTransaction } from "../../src/modules/privacy/database/session"
import { makeCrowd } from "../support/crowd"
import { newCustomer } from "../support/customers"
import { extract, filesOf, openArchives, parsed } from "../support/extracts"
import { ok } from "../support/http"
import { delivered, erase, finished } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

let store: TestStore
let connection: Knex

/** A few every five seconds: enough to stop in the middle. */
const THROTTLE = 48

beforeAll(async () => {
  store = await startTestStore({
    name: "bulk-extract",
    options: {
      officers: [{ user: "admin@demo.test", permissions: ["all"] }],
      chunk_size: 4,
      // An approval and an undo window are for erasures.
      bulk: { approval: true, undo_minutes: 60, throttle_per_minute: THROTTLE },
    },
  })
  connection = knex({ client: "pg", connection: store.databaseUrl, pool: { min: 0, max: 1 } })
})

afterAll(async () => {
  await connection?.destroy()
  await store?.stop()
})

const list = (identifiers: string[], rest: object = {}) => ({ type: "access", identifier_type: "customer_id", identifiers, ...rest })

const file = async (identifiers: string[], rest: object = {}) =>
  (await ok(store.officer.post("/admin/privacy-requests", list(identifiers, { format: "json", ...rest })))).privacy_request

const viewed = async (id: string) => (await ok(store.officer.get(`/admin/privacy-requests/${id}`))).privacy_request

/** Lets the throttle forget what was done. */
const anotherMinute = () => store.database.rows("UPDATE privacy_subject SET processed_at = processed_at - interval '2 minutes' WHERE processed_at > now() - interval '2 minutes'")

async function toTheEnd(id: string) {
  await until(async () => {
    await anotherMinute()
    return ["complete", "failed"].includes((await viewed(id)).status)
  }, 60_000)
  return viewed(id)
}

const customersIn = (archive: Map<string, Buffer>) => [...archive.keys()].filter((name) => name.startsWith("customers/") && name.endsWith(".json")).map((name) => parsed(archive.get(name)).customer_id)

describe("a list of customers to extract", () => {
  it("is shown before anything runs, with nothing that could hold it and those erased before", async () => {
    const [held, erased] = [await newCustomer(store), await newCustomer(store)]
    await ok(store.officer.post(`/admin/customers/${held.id}/legal-hold`, { reason: "Dispute" }))
    await erase(store, erased)
    const { preview } = await ok(store.officer.post("/admin/privacy-requests/preview", list([held.id, erased.id, "cus_nobody"], { format: "csv" })))
    expect(preview).toMatchObject({ matched: 1, erased: 1, not_found: 1, held: [], subjects: 1, plan_hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(preview.lines.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["erased", "not_found"])
  })

  it("runs without approval, undo window or number; the bell and an e-mail tell of its end", async () => {
    const customers = [await newCustomer(store), await newCustomer(store)]
    const { preview } = await ok(store.officer.post("/admin/privacy-requests/preview", list(customers.map(({ id }) => id))))
    await anotherMinute()
    const { id, reference, status } = await file([...customers.map(({ id }) => id), "cus_nobody"], { reason: "They asked" })
    expect(status).toBe("pending")
    const request = await toTheEnd(id)
    expect(request).toMatchObject({ type: "access", files: 1, files_expire_at: expect.any(String), totals: { subjects: 3, complete: 2, not_found: 1, pending: 0 } })
    expect(preview.subjects).toBe(2)
    await delivered(store, id)
    const told = await store.database.rows(`SELECT channel, "to", template, data FROM notification WHERE data::text LIKE '%' || $1 || '%' ORDER BY channel`, [reference])
    expect(told).toEqual([
      {
        channel: "email", to: "admin@demo.test", template: "privacy-extract-ready",
        data: { reference, url: `/app/customer-data/${id}`, expires_at: request.files_expire_at, subjects: 2 },
      },
      { channel: "feed", to: "", template: "admin-ui", data: { title: `Extract ${reference} is ready`, description: expect.stringMatching(/^2 extracted, 1 not found\. Available until /) } },
    ])
    const days = (Date.parse(request.files_expire_at) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(6.9)
    expect(days).toBeLessThan(7.01)
  })

  it("may be uploaded, and is refused when the plan changed, nobody matches or the format is missing", async () => {
    const customer = await newCustomer(store)
    const form = new FormData()
    Object.entries({ type: "access", format: "csv", identifier_type: "email" }).forEach(([key, value]) => form.append(key, value))
    form.append("file", new Blob([customer.email], { type: "text/plain" }), "list.txt")
    const { privacy_request } = await ok(store.officer.send("POST", "/admin/privacy-requests/upload", form))
    expect(await toTheEnd(privacy_request.id)).toMatchObject({ format: "csv", status: "complete", files: 1 })
    expect((await store.officer.post("/admin/privacy-requests", list([customer.id], { format: "json", plan_hash: "0".repeat(64) }))).status).toBe(409)
    expect(await store.officer.post("/admin/privacy-requests", list(["cus_nobody"], { format: "json" }))).toMatchObject({ status: 400, body: { message: expect.stringContaining("nobody to extract") } })
    expect((await store.officer.post("/admin/privacy-requests", list([customer.id]))).status).toBe(400)
    expect((await store.officer.post("/admin/privacy-requests", list([customer.id], { format: "json", confirm: 1 }))).status).toBe(400)
  })

  it("keeps namesakes apart, and gives as CSV exactly what the JSON beside it says", async () => {
    const hostile = { first_name: "=cmd|' /C calc'!A0", last_name: "Twin" }
    const twins = [await newCustomer(store, { ...hostile, metadata: { formula: "=1+1", list: [1, "a"] } }), await newCustomer(store, { ...hostile, company_name: "+Plus, \"Minus\"\r\n& Co" })]
    const { id } = await file(twins.map((twin) => twin.id), { format: "csv" })
    await toTheEnd(id)
    const [archive] = await openArchives(store, id)
    const folders = new Set([...archive.keys()].filter((name) => name.startsWith("customers/")).map((name) => name.split("/")[1]))
    expect([...folders].sort()).toEqual(twins.map((twin) => `cmd-c-calc-a0_twin-${twin.id}`).sort())
    let compared = 0
    for (const folder of folders) {
      const { data } = parsed(archive.get(`customers/${folder}/data.json`))
      for (const [kind, records] of Object.entries<Record<string, unknown>[]>(data)) {
        const text = archive.get(`customers/${folder}/${kind}.csv`)?.toString("utf8") as string
        const rows = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ""), { header: true, skipEmptyLines: "greedy", newline: "\r\n" }).data
        expect(rows).toHaveLength(records.length)
        rows.forEach((row, index) => {
          for (const [name, value] of Object.entries(records[index])) {
            const shown = row[name].replace(/^'/, "")
            expect([name, shown]).toEqual([name, typeof value === "string" ? value : JSON.stringify(value)])
            expect(row[name]).not.toMatch(/^\s*[=+@]/)
            compared += 1
          }
        })
      }
    }
    expect(compared).toBeGreaterThan(20)
  })
})

describe("an extract that is stopped", () => {
  it("gives what there is, and after the rest another archive: nobody is missing, nobody twice", async () => {
    const customers = await makeCrowd(store.database, 25, "stopped")
    await anotherMinute()
    const { id } = await file(customers)
    await until(async () => (await viewed(id)).totals.complete > 0)
    await ok(store.officer.post(`/admin/privacy-requests/${id}/stop`))
    await until(async () => (await filesOf(store, id)).length === 1)
    const { status, files, totals } = await viewed(id)
    expect([status, files, totals.complete + totals.pending]).toEqual(["stopped", 1, 25])
    expect(totals.pending).toBeGreaterThan(0)
    const [part] = await openArchives(store, id)
    const before = customersIn(part)
    expect(before).toHaveLength(totals.complete)

    await ok(store.officer.post(`/admin/privacy-requests/${id}/resume`))
    expect(await toTheEnd(id)).toMatchObject({ status: "complete", files: 2, totals: { complete: 25 } })
    expect((await filesOf(store, id)).map(({ part, subjects, name }: Record<string, unknown>) => [part, subjects, name])).toEqual([
      [1, totals.complete, expect.stringMatching(/^extract-PR-\w+\.zip$/)],
      [2, totals.pending, expect.stringMatching(/^extract-PR-\w+-2\.zip$/)],
    ])
    const archives = await openArchives(store, id)
    expect(archives.flatMap(customersIn).sort()).toEqual([...customers].sort())
    expect(customersIn(archives[0])).toEqual(before)
    expect(parsed(archives[1].get("manifest.json"))).toMatchObject({ part: 2, subjects: totals.pending })
  })

  it("before anything was written has no archive, and can be canceled", async () => {
    const customers = await makeCrowd(store.database, 2, "early")
    const { id, status } = await file(customers, { scheduled_for: new Date(Date.now() + 3_600_000).toISOString() })
    expect(status).toBe("scheduled")
    await ok(store.officer.post(`/admin/privacy-requests/${id}/stop`))
    await ok(store.officer.post(`/admin/privacy-requests/${id}/cancel`))
    expect(await viewed(id)).toMatchObject({ status: "canceled", files: 0, totals: { canceled: 2 } })
    expect(await filesOf(store, id)).toEqual([])
  })
})

describe("who is erased", () => {
  it("between filing and running is not extracted: the subject ends with the reason, the others are extracted", async () => {
    const [gone, stays] = [await newCustomer(store), await newCustomer(store)]
    const { id } = await file([gone.id, stays.id], { scheduled_for: new Date(Date.now() + 3_600_000).toISOString() })
    await erase(store, gone)
    await store.database.rows("UPDATE privacy_request SET scheduled_for = now() WHERE id = $1", [id])
    await ok(store.officer.post(`/admin/privacy-requests/${id}/stop`))
    await ok(store.officer.post(`/admin/privacy-requests/${id}/resume`))
    expect(await toTheEnd(id)).toMatchObject({ totals: { complete: 1, canceled: 1 } })
    const { subjects } = await ok(store.officer.get(`/admin/privacy-requests/${id}/subjects?status=canceled`))
    expect(subjects).toMatchObject([{ customer_id: gone.id, error: "erased meanwhile" }])
    const [archive] = await openArchives(store, id)
    expect(customersIn(archive)).toEqual([stays.id])
  })

  it("while the archive is being written makes it begin anew without them", async () => {
    const customers = await makeCrowd(store.database, 14, "racing")
    await anotherMinute()
    const { id } = await file(customers)
    await until(async () => (await viewed(id)).totals.complete > 0)
    const { customer_id } = await store.database.row("SELECT customer_id FROM privacy_subject WHERE request_id = $1 AND file_id IS NOT NULL LIMIT 1", [id])
    const { email } = await store.database.row("SELECT email FROM customer WHERE id = $1", [customer_id])
    await erase(store, { id: customer_id, email })
    expect(await toTheEnd(id)).toMatchObject({ status: "complete", files: 1, totals: { complete: 13, canceled: 1 } })
    const [archive] = await openArchives(store, id)
    expect(customersIn(archive).sort()).toEqual(customers.filter((customer) => customer !== customer_id).sort())
    const [lost] = await store.database.rows("SELECT wrapped_key, status FROM privacy_file WHERE request_id = $1 AND sealed_at IS NULL", [id])
    expect(lost).toEqual({ wrapped_key: null, status: "abandoned" })
    await delivered(store, id)
    const left = await store.database.rows("SELECT storage_key FROM privacy_file WHERE request_id = $1 AND sealed_at IS NULL", [id])
    left.forEach(({ storage_key }) => expect(fs.existsSync(path.resolve("demo/static", storage_key))).toBe(false))
  })

  it("takes the archive of many with it, which can be made again for the others with a click", async () => {
    const customers = await makeCrowd(store.database, 3, "together")
    await anotherMinute()
    const { id } = await file(customers)
    await toTheEnd(id)
    expect(await store.officer.post(`/admin/privacy-requests/${id}/repeat`)).toMatchObject({ status: 202 })
    const { email } = await store.database.row("SELECT email FROM customer WHERE id = $1", [customers[0]])
    await erase(store, { id: customers[0], email })
    expect(await viewed(id)).toMatchObject({ files: 0, files_expire_at: null })
    expect(await filesOf(store, id)).toMatchObject([{ status: "destroyed", destroyed_reason: "erased_subject" }])
    const { privacy_request } = await ok(store.officer.post(`/admin/privacy-requests/${id}/repeat`))
    expect(await toTheEnd(privacy_request.id)).toMatchObject({ format: "json", totals: { subjects: 2, complete: 2 } })
    const [archive] = await openArchives(store, privacy_request.id)
    expect(customersIn(archive).sort()).toEqual(customers.slice(1).sort())
    // The trail of a customer in it knows of the archive of many.
    const { customer_privacy } = await ok(store.officer.get(`/admin/customers/${customers[1]}/privacy`))
    expect(customer_privacy.timeline.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(["extract.requested", "extract.completed", "extract.downloaded", "extract.destroyed"])
    )
    expect(customer_privacy.archive).toBeNull()
  })

  it("as a guest under the same address takes the account's archive with it", async () => {
    const customer = await newCustomer(store)
    await store.database.rows("UPDATE customer SET has_account = true WHERE id = $1", [customer.id])
    await store.database.rows("INSERT INTO customer (id, email, first_name) VALUES ('cus_guest_of_account', $1, 'Carla')", [customer.email.toUpperCase()])
    const request = await extract(store, customer.id)
    const [archive] = await openArchives(store, request.id)
    expect(parsed(archive.get("carla_canary.json")).data.customers.map(({ id }: { id: string }) => id).sort()).toEqual([customer.id, "cus_guest_of_account"].sort())
    await erase(store, { id: "cus_guest_of_account", email: customer.email })
    expect(await filesOf(store, request.id)).toMatchObject([{ status: "destroyed" }])
  })
})

it("an archive expires: key and file are destroyed, and the request can be repeated", async () => {
  const customer = await newCustomer(store)
  const request = await extract(store, customer.id)
  await store.database.rows("UPDATE privacy_file SET expires_at = now() - interval '1 second' WHERE request_id = $1", [request.id])
  await inTransaction(connection, expireFiles)
  const row = await store.database.row("SELECT status, wrapped_key, storage_key FROM privacy_file WHERE request_id = $1", [request.id])
  expect(row).toMatchObject({ status: "expired", wrapped_key: null })
  expect(await filesOf(store, request.id)).toMatchObject([{ status: "expired", destroyed_reason: "expired" }])
  // Whatever comes next wakes the deliveries.
  await extract(store, (await newCustomer(store)).id)
  await delivered(store, request.id)
  expect(fs.existsSync(path.resolve("demo/static", row.storage_key))).toBe(false)
  expect((await store.database.row("SELECT removed_at FROM privacy_file WHERE request_id = $1", [request.id])).removed_at).toBeTruthy()
  const { privacy_request } = await ok(store.officer.post(`/admin/privacy-requests/${request.id}/repeat`))
  expect(await finished(store, privacy_request.id)).toMatchObject({ origin: "customer_page", files: 1 })
})

it("a customer with very much is streamed, as JSON and as CSV, and loses nothing", async () => {
  const customer = await newCustomer(store, { first_name: "Much", last_name: "Data" })
  const ORDERS = 4000
  await store.database.rows(
    `INSERT INTO "order" (id, currency_code, customer_id, email, status, metadata)
     SELECT 'order_much_' || lpad(n::text, 6, '0'), 'eur', $1, $2, 'completed', jsonb_build_object('n', n, 'text', repeat('x' || n, 150)) FROM generate_series(1, ${ORDERS}) AS n`,
    [customer.id, customer.email]
  )
  const ids = Array.from({ length: ORDERS }, (_, index) => `order_much_${String(index + 1).padStart(6, "0")}`)
  for (const format of ["json", "csv"] as const) {
    const request = await extract(store, customer.id, format)
    const [archive] = await openArchives(store, request.id)
    const document = parsed(archive.get(format === "json" ? "much_data.json" : "much_data/data.json"))
    expect(document.data.orders.map(({ id }: { id: string }) => id)).toEqual(ids)
    expect(parsed(archive.get("manifest.json")).kinds.find(({ kind }: { kind: string }) => kind === "orders").records).toBe(ORDERS)
    if (format === "csv") {
      const text = archive.get("much_data/orders.csv")?.toString("utf8").slice(1) as string
      expect(Papa.parse<{ id: string }>(text, { header: true, skipEmptyLines: "greedy" }).data.map(({ id }) => id)).toEqual(ids)
      expect(archive.has("much_data/customers.csv")).toBe(true)
    }
  }
})
