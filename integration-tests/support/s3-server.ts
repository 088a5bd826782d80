import fs from "node:fs"
import path from "node:path"
import { until } from "./until"

/** A local server that speaks S3, with one bucket whose objects are files one can look at. */
export interface S3Server {
  url: string
  /** Where the bucket's objects lie. */
  bucketDirectory: string
  /** Objects in the bucket, without the bucket's name. */
  objects(): { name: string; bytes: Buffer }[]
  stop(): Promise<void>
}

/** Starts it as a process of its own: what it logs about connections that end late is no matter of the test that ran. */
export async function startS3Server({ bucket, directory }: { bucket: string; directory: string }): Promise<S3Server> {
  const { startProcess, stopProcess } = await import("../../scripts/lib/child-process.mjs" as string)
  const { freePort, isPortTaken } = await import("../../scripts/lib/ports.mjs" as string)
  fs.rmSync(directory, { recursive: true, force: true })
  fs.mkdirSync(directory, { recursive: true })
  const port = await freePort()
  const entry = path.resolve("node_modules/s3rver/bin/s3rver.js")
  const args = [entry, "--address", "127.0.0.1", "--port", String(port), "--directory", directory, "--configure-bucket", bucket, "--silent"]
  const child = startProcess(process.execPath, args, { log: path.resolve(".test/s3.log") })
  await until(() => isPortTaken(port), 30_000)
  const bucketDirectory = path.join(directory, bucket)
  return {
    url: `http://127.0.0.1:${port}`,
    bucketDirectory,
    objects: () =>
      fs
        .readdirSync(bucketDirectory, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith("._S3rver_object"))
        .map((name) => ({ name: name.replace("._S3rver_object", ""), bytes: fs.readFileSync(path.join(bucketDirectory, name)) })),
    stop: () => stopProcess(child),
  }
}
