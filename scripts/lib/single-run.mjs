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
  const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : undefined
  // The number alone proves nothing: after a crash it may belong to any program.
  if (holder && holder !== process.pid && commandLineOf(holder)?.includes(path.basename(process.argv[1]))) {
    throw new PlainError(`The demo is already running (process ${holder}). Stop it first; it and another demo would share one database.`)
  }
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, String(process.pid))
  process.on("exit", () => fs.rmSync(file, { force: true }))
}
