import fs from "node:fs"
import path from "node:path"
import { newCustomer } from "../support/customers"
import { extract, filesOf, openArchives, parsed } from "../support/extracts"
import { delivered, erase } from "../support/requests"
import { startS3Server, type S3Server } from "../support/s3-server"
import { startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

const BUCKET = "extracts"

let s3: S3Server
let store: TestStore

beforeAll(async () => {
  s3 = await startS3Server({ bucket: BUCKET, directory: path.resolve(".test/s3") })
  const options = {
    endpoint: s3.url, file_url: `${s3.url}/${BUCKET}`, bucket: BUCKET, region: "us-east-1", access_key_id: "S3RVER", secret_access_key: "S3RVER", prefix: "privacy/",
    additional_client_config: { forcePathStyle: true, requestChecksumCalculation: "WHEN_REQUIRED", responseChecksumValidation: "WHEN_REQUIRED" },
  }
  store = await startTestStore({ name: "s3", env: { DEMO_FILE_PROVIDER: JSON.stringify({ resolve: "@medusajs/medusa/file-s3", id: "s3", options }) } })
})

afterAll(async () => {
  await store?.stop()
  await s3?.stop()
})

describe("archives in an S3-compatible storage", () => {
  it("are written in parts of an upload, rest encrypted, and are downloaded as a stream or a range of it", async () => {
    const customer = await newCustomer(store, { first_name: "Big", last_name: "Bucket" })
    // Hex digits pack to about a half: some twelve megabytes, more than one part of an upload.
    await store.database.rows(
      `INSERT INTO "order" (id, currency_code, customer_id, email, status, metadata)
       SELECT 'order_s3_' || lpad(n::text, 3, '0'), 'eur', $1, $2, 'completed',
         jsonb_build_object('noise', (SELECT string_agg(md5(random()::text || n || k), '') FROM generate_series(1, 30000) AS k)) FROM generate_series(1, 24) AS n`,
      [customer.id, customer.email]
    )
    const request = await extract(store, customer.id)
    expect(request).toMatchObject({ status: "complete", files: 1 })
    const { storage_key } = await store.database.row("SELECT storage_key FROM privacy_file WHERE request_id = $1", [request.id])
    const [object] = s3.objects().filter(({ name }) => name === storage_key)
    expect(object.bytes.subarray(0, 8).toString()).toBe("MPPARC01")
    expect(object.bytes.length).toBeGreaterThan(10 * 1024 * 1024)
    const [archive] = await openArchives(store, request.id)
    expect(parsed(archive.get("big_bucket.json")).data.orders).toHaveLength(24)
    const [file] = await filesOf(store, request.id)
    const url = `/admin/privacy-requests/${request.id}/files/${file.id}/download`
    const whole = await store.officer.download(url)
    const range = await store.officer.download(url, { range: "bytes=7000000-7000999" })
    expect([range.status, range.bytes.equals(whole.bytes.subarray(7_000_000, 7_001_000))]).toEqual([206, true])
  })

  it("are removed when a subject is erased", async () => {
    const customer = await newCustomer(store)
    const request = await extract(store, customer.id, "csv")
    const { storage_key } = await store.database.row("SELECT storage_key FROM privacy_file WHERE request_id = $1", [request.id])
    expect(s3.objects().map(({ name }) => name)).toContain(storage_key)
    await erase(store, customer)
    await delivered(store, request.id)
    expect(s3.objects().map(({ name }) => name)).not.toContain(storage_key)
    expect((await store.database.row("SELECT removed_at FROM privacy_file WHERE request_id = $1", [request.id])).removed_at).toBeTruthy()
  })

  it("that refuses is said so: the request stops and goes on when it is back", async () => {
    const customer = await newCustomer(store)
    const bucket = s3.bucketDirectory
    fs.renameSync(bucket, `${bucket}-away`)
    try {
      const { body } = await store.officer.post(`/admin/customers/${customer.id}/extract`, { format: "json" })
      const viewed = async () => (await store.officer.get(`/admin/privacy-requests/${body.privacy_request.id}`)).body.privacy_request
      await until(async () => (await viewed()).status === "stopped", 40_000)
      expect(await viewed()).toMatchObject({ error: expect.stringMatching(/refused the archive \(NoSuchBucket\)/), files: 0 })
      fs.renameSync(`${bucket}-away`, bucket)
      await store.officer.post(`/admin/privacy-requests/${body.privacy_request.id}/resume`)
      await until(async () => (await viewed()).status === "complete", 40_000)
      expect((await openArchives(store, body.privacy_request.id))[0].size).toBe(3)
    } finally {
      if (fs.existsSync(`${bucket}-away`)) {
        fs.renameSync(`${bucket}-away`, bucket)
      }
    }
  })
})
