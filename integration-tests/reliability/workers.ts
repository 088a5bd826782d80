import { fork, type ChildProcess } from "node:child_process"
import fs from "node:fs"
import path from "node:path"

/** Starts a worker process and waits until it works. */
export async function startWorker(databaseUrl: string, events: string, options: object = {}, env: Record<string, string> = {}): Promise<ChildProcess> {
  const log = fs.openSync(`${events}.log`, "a")
  const worker = fork(path.join(__dirname, "worker.cjs"), [databaseUrl, events, JSON.stringify(options)], {
    stdio: ["ignore", log, log, "ipc"],
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: "", ...env },
  })
  fs.closeSync(log)
  await new Promise<void>((resolve, reject) => {
    worker.once("message", () => resolve())
    worker.once("exit", (code, signal) => reject(new Error(`The worker ended while it started: ${code ?? signal}`)))
  })
  worker.removeAllListeners("exit")
  return worker
}

export async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (worker.exitCode !== null || worker.signalCode !== null) {
    return worker.exitCode
  }
  const ended = new Promise<number | null>((resolve) => worker.once("exit", (code) => resolve(code)))
  worker.kill(signal)
  return ended
}

/** Repeatable chance: the same seed gives the same run. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
