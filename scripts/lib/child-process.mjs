import { execFileSync, spawn } from "node:child_process"
import fs from "node:fs"
import path from "node:path"

import { PlainError } from "./plain-error.mjs"
import { shown } from "./paths.mjs"

const running = new Set()

// A last resort for a script that ends without stopping what it started: nobody waits for the end any more.
process.on("exit", () => running.forEach((child) => signal(child, child.stopSignal)))

/**
 * Starts a program that writes into a log file.
 *
 * It gets a process group of its own: Ctrl-C in a terminal signals the whole foreground group, and then the store, its database
 * and this script would all stop at the same moment instead of one after the other.
 *
 * @param options.stopSignal what makes the program end in good order
 */
export function startProcess(command, args, { cwd, env, log, stopSignal = "SIGTERM", ...spawnOptions }) {
  fs.mkdirSync(path.dirname(log), { recursive: true })
  const output = fs.openSync(log, "w")
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output],
    detached: process.platform !== "win32",
    windowsHide: true,
    ...spawnOptions,
  })
  fs.closeSync(output)
  running.add(child)
  child.stopSignal = stopSignal
  child.ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ error }))
    child.once("exit", (code, by) => resolve({ code, signal: by }))
  }).finally(() => running.delete(child))
  return child
}

/** Asks a started program to stop, and kills it when it has not within the time. */
export async function stopProcess(child, { within = 15_000, by = child.stopSignal } = {}) {
  if (!running.has(child)) {
    return
  }
  signal(child, by)
  const timer = setTimeout(() => signal(child, "SIGKILL"), within)
  await child.ended
  clearTimeout(timer)
}

/** Stops every program that is still running, the last started first. */
export async function stopAllProcesses() {
  for (const child of [...running].reverse()) {
    await stopProcess(child)
  }
}

/**
 * Runs a program to its end.
 *
 * @param options.what the step in words, the start of the error message
 * @throws PlainError that names the log when the program fails
 */
export async function runToEnd(command, args, { what, log, ...options }) {
  const { error, code, signal: by } = await startProcess(command, args, { log, ...options }).ended
  if (error || code !== 0) {
    const reason = error ? error.message : by ? `stopped by ${by}` : `exit code ${code}`
    throw new PlainError(`${what} failed (${reason}). Log: ${shown(log)}`)
  }
}

/**
 * Runs a program to its end with its output on the terminal.
 *
 * @throws PlainError when the program fails; it has said why itself
 */
export async function runVisibly(command, args, { what, env, ...options }) {
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env }, ...options })
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve))
  if (code !== 0) {
    throw new PlainError(`${what} failed.`)
  }
}

/** The command line of a process; undefined when it does not run or the system does not tell. */
export function commandLineOf(pid) {
  // The system's own list first: `ps` is not on every machine, and it writes "?" for letters that its locale does not have.
  const list = `/proc/${pid}/cmdline`
  if (fs.existsSync(list)) {
    return fs.readFileSync(list, "utf8").replaceAll("\0", " ").trim() || undefined
  }
  try {
    return execFileSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim()
  } catch {
    return undefined
  }
}

function signal(child, name) {
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, name)
  } catch {
    // it has ended meanwhile
  }
}
