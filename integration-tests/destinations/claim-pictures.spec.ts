import http from "node:http"
import path from "node:path"
import type { IFileModuleService } from "@medusajs/framework/types"
import { removeFiles } from "../../src/modules/privacy/destinations/stored-files"
import { eraseAll, openEngine, type Engine } from "../support/engine"
import { makeCrowd } from "../support/crowd"
import { startS3Server, type S3Server } from "../support/s3-server"

const BUCKET = "pictures"

/** A class out of a package that does not export the file it is in, however it is wrapped. */
async function classOf(file: string, name = "default") {
  const loaded = await import(file)
  return [loaded, loaded.default].map((exported) => exported?.[name]).find((found) => typeof found === "function")
}

/** Medusa's File Module over one of its providers. */
async function fileModule(provider: unknown): Promise<IFileModuleService> {
  const FileModuleService = await classOf("@medusajs/file/dist/services/file-module-service")
  return new FileModuleService({
    fileProviderService: Object.assign(Object.create((await classOf("@medusajs/file/dist/services/file-provider-service")).prototype), { fileProvider_: provider }),
  })
}

/** Passes everything on to the storage but what it is told to refuse. */
async function refusingProxy(target: string, refuses: (request: http.IncomingMessage) => boolean) {
  const server = http.createServer((request, response) => {
    if (refuses(request)) {
      request.resume()
      response.writeHead(403, { "content-type": "application/xml" }).end("<Error><Code>AccessDenied</Code></Error>")
      return
    }
    const { hostname, port } = new URL(target)
    const onward = http.request({ hostname, port, path: request.url, method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, close: () => new Promise((resolve) => server.close(resolve)) }
}

describe("a claim's pictures on S3", () => {
  let s3: S3Server
  let proxy: Awaited<ReturnType<typeof refusingProxy>>
  let files: IFileModuleService
  let refusing = false

  beforeAll(async () => {
    s3 = await startS3Server({ bucket: BUCKET, directory: path.resolve(".test/s3-pictures") })
    proxy = await refusingProxy(s3.url, ({ method, url }) => refusing && (method === "DELETE" || (method === "POST" && /[?&]delete/.test(url ?? ""))))
    const S3FileService = await classOf("@medusajs/file-s3/dist/services/s3-file", "S3FileService")
    const options = {
      endpoint: proxy.url, file_url: "https://cdn.shop.example/media", bucket: BUCKET, region: "us-east-1", access_key_id: "S3RVER", secret_access_key: "S3RVER", prefix: "uploads/",
      additional_client_config: { forcePathStyle: true, requestChecksumCalculation: "WHEN_REQUIRED", responseChecksumValidation: "WHEN_REQUIRED" },
    }
    files = await fileModule(new S3FileService({ logger: { error: () => undefined } }, options))
  })

  afterAll(async () => {
    await proxy?.close()
    await s3?.stop()
  })

  const upload = (filename: string) => files.createFiles({ filename, mimeType: "image/png", content: Buffer.from("picture").toString("base64"), access: "public" })

  const names = () => s3.objects().map(({ name }) => name)

  it("that the storage does not remove are said not to be removed, and go once it does", async () => {
    const picture = await upload("broken cup.png")
    refusing = true
    await expect(removeFiles(files, [picture.url])).rejects.toThrow(/still has the file/)
    expect(names()).toContain(picture.id)
    refusing = false
    await removeFiles(files, [picture.url])
    expect(names()).not.toContain(picture.id)
    // Once more: what is gone is gone.
    await removeFiles(files, [picture.url])
  })

  it("by a link that the storage itself signed go too", async () => {
    const picture = await upload("signed.png")
    const { url } = await files.retrieveFile(picture.id)
    await removeFiles(files, [url])
    expect(names()).not.toContain(picture.id)
  })

  it("of another host name nothing of the store's own", async () => {
    const hero = await upload("hero.png")
    await removeFiles(files, [`https://rma.partner.example/media/${hero.id}`, `https://rma.partner.example/${hero.id}`, `https://cdn.shop.example/other/${hero.id}`, "not a url", ""])
    expect(names()).toContain(hero.id)
  })

  it("with a stray percent sign in one address are removed all the same, and so are the others", async () => {
    const [one, two] = [await upload("plain.png"), await upload("50% off.png")]
    await removeFiles(files, ["https://cdn.shop.example/media/uploads/100%.png", two.url, `https://cdn.shop.example/media/${one.id}?v=%E0%A4%A`])
    expect(names()).not.toContain(one.id)
    expect(names()).not.toContain(two.id)
  })

  it("never lead out of the folder of a local provider", async () => {
    const LocalFileService = await classOf("@medusajs/file-local/dist/services/local-file", "LocalFileService")
    const directory = path.resolve(".test/local-pictures")
    const local = await fileModule(new LocalFileService({}, { upload_dir: directory, private_upload_dir: directory, backend_url: "http://localhost:9000/static" }))
    const picture = await local.createFiles({ filename: "cup of tea.png", mimeType: "image/png", content: "cGljdHVyZQ==", access: "public" })
    await removeFiles(local, ["http://localhost:9000/static/%2e%2e%2fsecret", "http://localhost:9000/static/..%2Fsecret", "http://shop.example/static/x.png", picture.url])
    await expect(local.getAsBuffer(picture.id)).rejects.toThrow(/ENOENT/)
  })
})

describe("which of a claim's pictures go with the subject", () => {
  let engine: Engine

  beforeAll(async () => {
    engine = await openEngine({ name: "claim_pictures" })
  })

  afterAll(() => engine?.close())

  it("none that the catalogue or another customer's claim refers to", async () => {
    const [mine, theirs] = await makeCrowd(engine.database, 2, "pictures")
    const { database } = engine
    for (const [customer, name] of [[mine, "mine"], [theirs, "theirs"]]) {
      await database.rows(
        `INSERT INTO order_claim (id, order_id, order_version, type, created_at) SELECT 'claim_' || $2, id, 1, 'refund', now() - interval '2 years' FROM "order" WHERE customer_id = $1`,
        [customer, name]
      )
      await database.rows(
        `INSERT INTO order_claim_item (id, claim_id, item_id, quantity, raw_quantity) VALUES ('claimitem_' || $1, 'claim_' || $1, 'ordli_any', 1, '{"value": "1"}')`,
        [name]
      )
    }
    const url = (name: string) => `https://cdn.shop.example/media/${name}.png`
    const insert = (id: string, item: string, address: string) =>
      database.rows("INSERT INTO order_claim_item_image (id, claim_item_id, url) VALUES ($1, 'claimitem_' || $2, $3)", [id, item, address])
    await insert("pic_1", "mine", url("own"))
    await insert("pic_2", "mine", url("shared"))
    await insert("pic_3", "theirs", `${url("shared")}?v=2`)
    await insert("pic_4", "mine", url("product"))
    await insert("pic_5", "mine", url("thumbnail"))
    await insert("pic_6", "mine", url("own"))
    await database.rows("UPDATE product SET thumbnail = $1 WHERE id = (SELECT min(id) FROM product)", [url("thumbnail")])
    await database.rows("INSERT INTO image (id, url, product_id) SELECT 'img_claim', $1, min(id) FROM product", [url("product")])

    const { requestId, subjects } = await eraseAll(engine, [mine], { overrides: ["open_claim", "open_return"] })

    expect(subjects).toMatchObject([{ status: "complete" }])
    const { payload } = await database.row<{ payload: { files: string[] } }>("SELECT payload FROM privacy_delivery WHERE request_id = $1 AND destination = 'files'", [requestId])
    expect([...new Set(payload.files)]).toEqual([url("own")])
  })
})
