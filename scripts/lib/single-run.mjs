import fs from "node:fs"
import path from "node:path"

import { commandLineOf } from "./child-process.mjs"
import { PlainError } from "./plain-error.mjs"

/**
 * Makes this process the only one that uses a folder: two demos on one database folder would stop each other's server.
 *
 * @throws PlainError when another process holds the claim
 */
export function claimRun(file) {
  const holder = aliveHolder(file)
  if (holder && holder !== process.pid) {
    throw new PlainError(`The demo is already running (process ${holder}). Stop it first; it and another demo would share one database.`)
  }
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, String(process.pid))
  process.on("exit", () => fs.rmSync(file, { force: true }))
}

/**
 * Stops the store of a demo that was killed before it could stop it.
 *
 * @param claim the file of `claimRun`: while its holder lives, the store is not left over
 * @param note the file that names the store's process
 */
export async function stopLeftoverStore(claim, note) {
  const pid = aliveHolder(claim) || !fs.existsSync(note) ? undefined : Number(fs.readFileSync(note, "utf8"))
  const isStore = () => commandLineOf(pid)?.includes("cli.js start")
  if (!pid || !isStore()) {
    return
  }
  process.kill(pid, "SIGTERM")
  for (let waited = 0; waited < 15_000 && isStore(); waited += 100) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The process that holds the claim. The number alone proves nothing: after a crash it may belong to any program. */
function aliveHolder(file) {
  const pid = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0
  return pid && commandLineOf(pid)?.includes(path.basename(process.argv[1])) ? pid : undefined
}
