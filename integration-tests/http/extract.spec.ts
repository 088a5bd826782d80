import fs from "node:fs"
import path from "node:path"
import { newCustomer } from "../support/customers"
import { extract, filesOf, openArchive, openArchives, parsed } from "../support/extracts"
import { ok } from "../support/http"
import { delivered, erase, finished } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await startTestStore({ name: "extract" })
})

afterAll(() => store?.stop())

const privacyOf = async (id: string) => (await ok(store.officer.get(`/admin/customers/${id}/privacy`))).customer_privacy

const STATIC = path.resolve("demo/static")

describe("an extract of one customer", () => {
  it("is an archive with a readable document, a manifest and a README", async () => {
    const customer = await newCustomer(store, { first_name: "Jörg", last_name: "Groß-Müller", metadata: { birthday: "1980-02-03" } })
    await ok(store.officer.post(`/admin/customers/${customer.id}/addresses`, { first_name: "Jörg", last_name: "Groß-Müller", address_1: "Street 1", city: "Leipzig", country_code: "de" }))
    await ok(store.officer.post(`/admin/customers/${customer.id}/addresses`, { first_name: "Anna", last_name: "Friend", address_1: "Elsewhere 2", city: "Halle", country_code: "de" }))

    const request = await extract(store, customer.id)

    expect(request).toMatchObject({ type: "access", format: "json", status: "complete", files: 1, method: null, totals: { subjects: 1, complete: 1 } })
    const [archive] = await openArchives(store, request.id)
    expect([...archive.keys()].sort()).toEqual(["README.txt", "jorg_gross-muller.json", "manifest.json"])
    const document = parsed(archive.get("jorg_gross-muller.json"))
    expect(document).toMatchObject({
      customer_id: customer.id,
      reference: request.reference,
      data: {
        customers: [{ record: "customer", id: customer.id, email: customer.email, first_name: "Jörg", last_name: "Groß-Müller", metadata: { birthday: "1980-02-03" } }],
        addresses: [
          { record: "customer address", first_name: "Jörg", address_1: "Street 1", city: "Leipzig" },
          { first_name: "[withheld: another person]", last_name: "[withheld: another person]", address_1: "[withheld: another person]", city: "Halle" },
        ],
        privacy_requests: [{ record: "privacy request", reference: request.reference, type: "access" }],
      },
    })
    expect(document.data.customers[0].created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/)
    expect(document.data.customers[0].created_by).toBe("[withheld: another person]")
    expect(archive.get("README.txt")?.toString()).toContain("Extract of personal data")
    const manifest = parsed(archive.get("manifest.json"))
    expect(manifest).toMatchObject({ reference: request.reference, part: 1, subjects: 1, format: "json" })
    expect(manifest.kinds.find(({ kind }: { kind: string }) => kind === "addresses")).toMatchObject({
      records: 2, categories: expect.arrayContaining(["identity", "location", "contact"]), origin: expect.arrayContaining([{ module: "customer", record: "customer address" }]),
      kept_after_erasure: expect.arrayContaining(["city", "country_code"]),
    })
    expect(JSON.stringify(manifest)).not.toContain(customer.email)
  })

  it("has amounts with their currency, totals, communications and logins without secrets", async () => {
    const { customer_id: id } = await store.database.row<{ customer_id: string }>(
      `SELECT o.customer_id FROM "order" AS o JOIN customer AS c ON c.id = o.customer_id AND c.has_account AND c.deleted_at IS NULL
       JOIN auth_identity AS a ON a.app_metadata ->> 'customer_id' = c.id JOIN provider_identity AS p ON p.auth_identity_id = a.id
       JOIN order_payment_collection AS l ON l.order_id = o.id JOIN payment AS y ON y.payment_collection_id = l.payment_collection_id
       GROUP BY o.customer_id ORDER BY count(*) DESC LIMIT 1`
    )
    const request = await extract(store, id)
    const [archive] = await openArchives(store, request.id)
    const [name] = [...archive.keys()].filter((file) => file.endsWith(".json") && file !== "manifest.json")
    const { data, passed_to } = parsed(archive.get(name))
    const { count } = await store.database.row(`SELECT count(*)::int AS count FROM "order" WHERE customer_id = $1`, [id])
    const orders = data.orders.filter(({ record }: { record: string }) => record === "order")
    expect(orders).toHaveLength(count)
    const [{ id: orderId, total, currency_code }] = orders
    const summary = await store.database.row("SELECT totals ->> 'current_order_total' AS total FROM order_summary WHERE order_id = $1 ORDER BY version DESC LIMIT 1", [orderId])
    expect(total).toEqual({ amount: Number(summary.total), currency_code })
    const items = data.order_items.filter(({ record }: { record: string }) => record === "order line item")
    expect(items[0].unit_price).toEqual({ amount: expect.any(Number), currency_code: expect.stringMatching(/^[a-z]{3}$/) })
    expect(data.payments.some(({ amount }: { amount?: object }) => amount && "currency_code" in amount)).toBe(true)
    expect(passed_to).toContainEqual({ kind: "payments", recipient: expect.stringMatching(/^pp_/) })
    const login = data.logins.find(({ record }: { record: string }) => record === "provider identity")
    expect(login).toMatchObject({ entity_id: expect.stringContaining("@"), provider_metadata: "[withheld: credential]" })
    expect(JSON.stringify(data)).not.toMatch(/"raw_/)
    expect(JSON.stringify(data)).not.toContain("scrypt")
  })

  it("lies in the file storage as ciphertext only, and its key in the database wrapped", async () => {
    const customer = await newCustomer(store, { first_name: "Plainly", last_name: "Visible" })
    const request = await extract(store, customer.id)
    const row = await store.database.row("SELECT name, storage_key, wrapped_key FROM privacy_file WHERE request_id = $1", [request.id])
    // By its key: other stores of this run keep their files in the same folder.
    const file = row.storage_key
    const bytes = fs.readFileSync(path.join(STATIC, file))
    expect(bytes.subarray(0, 8).toString()).toBe("MPPARC01")
    for (const word of ["PK\u0003\u0004", "README", "Visible", customer.email, "plainly"]) {
      expect(bytes.includes(word)).toBe(false)
    }
    expect(row.wrapped_key).toMatch(/^k1:/)
    expect(row.name).toBe(`extract-${request.reference}.zip`)
    // Whoever knows the public name of the file has noise.
    const served = await store.anonymous.download(`/static/${file}`)
    expect(served.bytes.equals(bytes)).toBe(true)
  })

  it("is written in the officer's language", async () => {
    const customer = await newCustomer(store)
    const german = store.officer.with({ "accept-language": "de-CH,de;q=0.9,en;q=0.5" })
    const { privacy_request } = await ok(german.post(`/admin/customers/${customer.id}/extract`, { format: "json" }))
    await finished(store, privacy_request.id)
    const [archive] = await openArchives(store, privacy_request.id)
    expect(archive.get("README.txt")?.toString()).toContain("Auszug personenbezogener Daten")
  })

  it("is refused while one is under way, for an erased customer, for nobody and for the Unknown Customer", async () => {
    const customer = await newCustomer(store)
    await store.database.rows("BEGIN")
    await store.database.rows("SELECT pg_advisory_xact_lock(hashtextextended('privacy:archives', 0))")
    const { privacy_request } = await ok(store.officer.post(`/admin/customers/${customer.id}/extract`, { format: "json" }))
    const second = await store.officer.post(`/admin/customers/${customer.id}/extract`, { format: "csv" })
    expect(second).toMatchObject({ status: 409, body: { message: "An extract of this customer is already under way." } })
    expect((await privacyOf(customer.id)).active_extract).toMatchObject({ id: privacy_request.id })
    await store.database.rows("COMMIT")
    await finished(store, privacy_request.id)
    expect((await privacyOf(customer.id)).active_extract).toBeNull()

    await erase(store, customer)
    expect((await store.officer.post(`/admin/customers/${customer.id}/extract`, { format: "json" })).status).toBe(409)
    expect((await store.officer.post("/admin/customers/cus_nobody/extract", { format: "json" })).status).toBe(404)
    expect((await store.officer.post(`/admin/customers/${customer.id}/extract`, { format: "xml" })).status).toBe(400)
    const other = await newCustomer(store)
    await erase(store, other, { method: "delete" })
    const { id: unknown } = await store.database.row("SELECT id FROM customer WHERE email = 'unknown-customer@privacy.invalid' OR first_name = 'Unknown' LIMIT 1")
    expect((await store.officer.post(`/admin/customers/${unknown}/extract`, { format: "json" })).status).toBe(400)
  })
})

describe("a download", () => {
  let customer: { id: string; email: string }
  let request: { id: string; reference: string }
  let url: string
  let fileId: string

  beforeAll(async () => {
    customer = await newCustomer(store)
    request = await extract(store, customer.id)
    ;[{ id: fileId }] = await filesOf(store, request.id)
    url = `/admin/privacy-requests/${request.id}/files/${fileId}/download`
  })

  it("is a zip that no cache keeps, under a name of ours", async () => {
    const { status, headers, bytes } = await store.officer.download(url)
    expect(status).toBe(200)
    expect(Object.fromEntries(["content-type", "cache-control", "content-disposition", "content-length", "accept-ranges", "x-content-type-options"].map((name) => [name, headers.get(name)]))).toEqual({
      "content-type": "application/zip", "cache-control": "no-store", "content-disposition": `attachment; filename="extract-${request.reference}.zip"`,
      "content-length": String(bytes.length), "accept-ranges": "bytes", "x-content-type-options": "nosniff",
    })
    expect((await filesOf(store, request.id))[0]).toMatchObject({ size: bytes.length, status: "ready", part: 1, subjects: 1, format: "json" })
  })

  it("gives ranges of bytes", async () => {
    const { bytes } = await store.officer.download(url)
    const middle = await store.officer.download(url, { range: "bytes=10-99" })
    expect(middle.status).toBe(206)
    expect(middle.headers.get("content-range")).toBe(`bytes 10-99/${bytes.length}`)
    expect(middle.bytes.equals(bytes.subarray(10, 100))).toBe(true)
    const end = await store.officer.download(url, { range: "bytes=-5" })
    expect(end.bytes.equals(bytes.subarray(-5))).toBe(true)
    const beyond = await store.officer.download(url, { range: `bytes=${bytes.length}-` })
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${bytes.length}`])
  })

  it("is written down with who and when, in the customer's trail too", async () => {
    const before = (await filesOf(store, request.id))[0].downloads.length
    await store.officer.download(url)
    const [{ downloads }] = await filesOf(store, request.id)
    expect(downloads).toHaveLength(before + 1)
    expect(downloads.at(-1)).toEqual({ by: "admin@demo.test", at: expect.any(String) })
    const privacy = await privacyOf(customer.id)
    expect(privacy.archive).toMatchObject({ request_id: request.id, file_id: fileId, name: `extract-${request.reference}.zip` })
    expect(privacy.timeline[0]).toMatchObject({ action: "extract.downloaded", actor: "admin@demo.test" })
    expect(privacy.timeline.map(({ action }: { action: string }) => action)).toEqual(expect.arrayContaining(["extract.requested", "extract.completed"]))
  })

  it("HEAD tells the size and is no download", async () => {
    const before = (await filesOf(store, request.id))[0].downloads.length
    const { status, headers } = await store.officer.send("HEAD", url)
    expect([status, Number(headers.get("content-length")) > 0]).toEqual([200, true])
    expect((await filesOf(store, request.id))[0].downloads).toHaveLength(before)
  })

  it("of a wrong, foreign, expired or destroyed id answers with the same words", async () => {
    const other = await newCustomer(store)
    const theirs = await extract(store, other.id)
    const [{ id: foreign }] = await filesOf(store, theirs.id)
    const answer = (path: string) => store.officer.get(path)
    const wrong = await answer(`/admin/privacy-requests/${request.id}/files/prvfile_nothing/download`)
    const answers = [wrong, await answer(`/admin/privacy-requests/${request.id}/files/${foreign}/download`), await answer(`/admin/privacy-requests/prvreq_none/files/${foreign}/download`)]
    await store.database.rows("UPDATE privacy_file SET expires_at = now() - interval '1 second' WHERE id = $1", [foreign])
    answers.push(await answer(`/admin/privacy-requests/${theirs.id}/files/${foreign}/download`))
    expect((await filesOf(store, theirs.id))[0].status).toBe("expired")
    await store.database.rows("UPDATE privacy_file SET expires_at = now() + interval '1 day' WHERE id = $1", [foreign])
    await erase(store, other)
    answers.push(await answer(`/admin/privacy-requests/${theirs.id}/files/${foreign}/download`))
    for (const { status, body } of answers) {
      expect([status, body]).toEqual([404, wrong.body])
    }
  })

  it("of a file that was changed or removed in the storage is an error, never a torn or false archive", async () => {
    const own = await newCustomer(store)
    const made = await extract(store, own.id)
    const { storage_key, id } = await store.database.row("SELECT id, storage_key FROM privacy_file WHERE request_id = $1", [made.id])
    const file = path.join(STATIC, storage_key)
    const bytes = fs.readFileSync(file)
    bytes[bytes.length >> 1] ^= 1
    fs.writeFileSync(file, bytes)
    const damaged = await store.officer.get(`/admin/privacy-requests/${made.id}/files/${id}/download`)
    expect(damaged.status).toBe(500)
    fs.rmSync(file)
    expect((await store.officer.get(`/admin/privacy-requests/${made.id}/files/${id}/download`)).status).toBe(500)
    expect((await filesOf(store, made.id))[0].downloads).toEqual([])
  })
})

describe("erasing a customer", () => {
  it("destroys every archive that holds it, at once, and the request can be repeated for the others", async () => {
    const customer = await newCustomer(store)
    const request = await extract(store, customer.id)
    const { storage_key } = await store.database.row("SELECT storage_key FROM privacy_file WHERE request_id = $1", [request.id])
    expect(fs.existsSync(path.join(STATIC, storage_key))).toBe(true)
    await erase(store, customer)
    expect(await store.database.row("SELECT status, wrapped_key FROM privacy_file WHERE request_id = $1", [request.id])).toEqual({ status: "destroyed", wrapped_key: null })
    expect(await filesOf(store, request.id)).toMatchObject([{ status: "destroyed", destroyed_reason: "erased_subject", destroyed_at: expect.any(String) }])
    await delivered(store, request.id)
    expect(fs.existsSync(path.join(STATIC, storage_key))).toBe(false)
    expect((await privacyOf(customer.id)).archive).toBeNull()
    expect((await privacyOf(customer.id)).timeline.map(({ action }: { action: string }) => action)).toContain("extract.destroyed")
    expect(await store.officer.post(`/admin/privacy-requests/${request.id}/repeat`)).toMatchObject({ status: 409 })
  })
})

it("an archive opens the same way twice", async () => {
  const customer = await newCustomer(store)
  const request = await extract(store, customer.id)
  const [{ id }] = await filesOf(store, request.id)
  const [one, two] = [await openArchive(store.officer, request.id, id), await openArchive(store.officer, request.id, id)]
  expect([...one]).toEqual([...two])
})
