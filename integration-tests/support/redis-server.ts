import fs from "node:fs"
import path from "node:path"
import { gunzipSync } from "node:zlib"
import Redis from "ioredis"
import { until } from "./until"

/** A Redis of the test's own. It writes to disk only when told to. */
export interface RedisServer {
  url: string
  /** Writes what it holds to disk: with that it comes back after it was killed. Gives the file. */
  save(): Promise<Buffer>
  /** Ends it without a warning. */
  kill(): Promise<void>
  /** Starts it again where it was. */
  restart(): Promise<void>
  /** Forgets everything. */
  flush(): Promise<void>
  /** All it holds, as text: `key` and what stands under it, compressed values unpacked. */
  contents(): Promise<{ key: string; value: string }[]>
  stop(): Promise<void>
}

const DIRECTORY = path.resolve(".test/redis")

export async function startRedis(): Promise<RedisServer> {
  const { freePort } = await import("../../scripts/lib/ports.mjs" as string)
  const { stopProcess } = await import("../../scripts/lib/child-process.mjs" as string)
  fs.rmSync(DIRECTORY, { recursive: true, force: true })
  fs.mkdirSync(DIRECTORY, { recursive: true })
  const port: number = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let child = await start(port)
  return {
    url,
    save: async () => {
      await connected(url, (redis) => redis.save())
      return fs.readFileSync(path.join(DIRECTORY, "dump.rdb"))
    },
    kill: () => stopProcess(child, { by: "SIGKILL" }),
    restart: async () => {
      child = await start(port)
    },
    flush: async () => void (await connected(url, (redis) => redis.flushall())),
    contents: () => connected(url, readAll),
    stop: () => stopProcess(child),
  }
}

async function start(port: number) {
  const { startProcess } = await import("../../scripts/lib/child-process.mjs" as string)
  const { SYSTEM_PROGRAMS } = await import("../../scripts/lib/system-programs.mjs" as string)
  const { isPortTaken } = await import("../../scripts/lib/ports.mjs" as string)
  const program = SYSTEM_PROGRAMS.find(({ name }: { name: string }) => name === "Redis")
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--dir", DIRECTORY, "--save", "", "--appendonly", "no", "--rdbcompression", "no"]
  const child = startProcess(program.path, args, { log: `${DIRECTORY}.log` })
  await until(() => isPortTaken(port))
  return child
}

async function connected<T>(url: string, run: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url)
  try {
    return await run(redis)
  } finally {
    redis.disconnect()
  }
}

/** What reads all of a value, by its type. */
const READ: Record<string, (redis: Redis, key: string) => Promise<unknown>> = {
  string: (redis, key) => redis.getBuffer(key),
  hash: (redis, key) => redis.hgetallBuffer(key),
  list: (redis, key) => redis.lrangeBuffer(key, 0, -1),
  set: (redis, key) => redis.smembersBuffer(key),
  zset: (redis, key) => redis.zrangeBuffer(key, 0, "-1", "WITHSCORES"),
  stream: (redis, key) => redis.xrangeBuffer(key, "-", "+"),
  // It ended between the look at its name and at its type.
  none: async () => null,
}

async function readAll(redis: Redis) {
  const keys = new Set<string>()
  for await (const page of redis.scanStream({ count: 1000 })) {
    page.forEach((key: string) => keys.add(key))
  }
  return Promise.all([...keys].map(async (key) => ({ key, value: asText(await READ[await redis.type(key)](redis, key)) })))
}

function asText(value: unknown): string {
  if (Buffer.isBuffer(value)) {
    // Medusa's cache marks what it compressed by a first byte.
    return (value[0] === 1 ? gunzipSync(value.subarray(1)) : value).toString("utf8")
  }
  return value && typeof value === "object" ? Object.entries(value).map(([name, inner]) => `${name} ${asText(inner)}`).join("\n") : String(value)
}
