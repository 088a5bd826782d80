import { createHash, randomBytes } from "node:crypto"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import fc from "fast-check"
import { unzip, unzipFile, unzipTest } from "../../../../../integration-tests/support/unzip"
import { ZipWriter } from "../zip"

const TIME = new Date("2026-11-22T08:30:10Z")

async function zipped(files: [string, Buffer | AsyncIterable<Buffer>][]): Promise<Buffer> {
  const written: Buffer[] = []
  const zip = new ZipWriter(async (chunk) => void written.push(chunk), 6, TIME)
  for (const [name, content] of files) {
    await zip.add(name, content)
  }
  await zip.end()
  const bytes = Buffer.concat(written)
  expect(zip.bytes).toBe(bytes.length)
  return bytes
}

async function* streamed(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 30_000) {
    yield bytes.subarray(at, at + 30_000)
  }
}

describe("a zip", () => {
  it("holds what was put into it, whole or as a stream", async () => {
    const files: [string, Buffer][] = [
      ["README.txt", Buffer.from("Grüße")],
      ["empty.csv", Buffer.alloc(0)],
      ["a/Søren Ünïcode 名前.json", randomBytes(300_000)],
      ["a/long.txt", Buffer.alloc(2_000_000, "x")],
    ]
    const bytes = await zipped(files.flatMap(([name, content]) => [[name, content], [`streamed/${name}`, streamed(content)]]))
    const read = await unzip(bytes)
    expect([...read.keys()]).toEqual(files.flatMap(([name]) => [name, `streamed/${name}`]))
    for (const [name, content] of files) {
      expect(read.get(name)?.equals(content)).toBe(true)
      expect(read.get(`streamed/${name}`)?.equals(content)).toBe(true)
    }
    expect(unzipTest(bytes)).toContain("No errors detected")
  })

  it("may be empty", async () => {
    expect((await unzip(await zipped([]))).size).toBe(0)
  })

  it("holds any bytes under any name", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z0-9_-]{1,60}$/), fc.uint8Array({ maxLength: 5000 }), fc.boolean()), { maxLength: 8, selector: ([name]) => name }),
        async (files) => {
          const read = await unzip(await zipped(files.map(([name, content, stream]) => [name, stream ? streamed(Buffer.from(content)) : Buffer.from(content)])))
          expect([...read].map(([name, content]) => [name, content.toString("hex")])).toEqual(files.map(([name, content]) => [name, Buffer.from(content).toString("hex")]))
        }
      ),
      { numRuns: 40 }
    )
  })

  it("of more than 65,535 files is a zip64", async () => {
    const names = Array.from({ length: 66_000 }, (_, index) => `customers/${index}.json`)
    const bytes = await zipped(names.map((name) => [name, Buffer.from(name)]))
    const read = await unzip(bytes)
    expect(read.size).toBe(66_000)
    expect(read.get("customers/65999.json")?.toString()).toBe("customers/65999.json")
    expect(unzipTest(bytes)).toContain("No errors detected")
  }, 180_000)

  it("beyond four gigabytes tells its places in eight bytes", async () => {
    // A hole of five gigabytes stands in for what was written before; on the disk it takes no room.
    const start = 5 * 2 ** 30
    const file = path.join(os.tmpdir(), `privacy-${randomBytes(6).toString("hex")}.zip`)
    const handle = fs.openSync(file, "w+")
    let at = start
    const zip = new ZipWriter(async (chunk) => void (at += fs.writeSync(handle, chunk, 0, chunk.length, at)), 6, TIME, start)
    const content = randomBytes(100_000)
    await zip.add("far.bin", content)
    await zip.add("streamed.bin", streamed(content))
    await zip.end()
    fs.closeSync(handle)
    try {
      const hashes = [...(await unzipFile(file)).values()].map((bytes) => createHash("sha256").update(bytes).digest("hex"))
      const expected = createHash("sha256").update(content).digest("hex")
      expect(hashes).toEqual([expected, expected])
    } finally {
      fs.rmSync(file)
    }
  })
})
