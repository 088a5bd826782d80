import { createHash } from "node:crypto"
import fs from "node:fs"
import path from "node:path"

/**
 * A hash over the names and contents of files, so that a step runs again only when its inputs changed. Contents rather than
 * dates, because a fresh checkout gives every file a new date.
 *
 * @param inputs files and folders; what does not exist counts as absent. Folders named node_modules, .medusa or __tests__ are left out
 * @param facts anything else the step depends on, such as a flag
 */
export function hashOf(inputs, facts = {}) {
  const hash = createHash("sha256").update(JSON.stringify(facts))
  for (const input of inputs) {
    for (const file of filesUnder(input)) {
      hash.update(`\0${path.relative(path.dirname(input), file)}\0`).update(fs.readFileSync(file))
    }
  }
  return hash.digest("hex")
}

/**
 * Runs a step unless the stamp says that it succeeded with the same hash before.
 *
 * @returns true when the step ran
 */
export async function whenChanged({ stamp, hash, run }) {
  if (readStamp(stamp) === hash) {
    return false
  }
  fs.rmSync(stamp, { force: true })
  await run()
  fs.mkdirSync(path.dirname(stamp), { recursive: true })
  fs.writeFileSync(stamp, hash)
  return true
}

function readStamp(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined
}

const SKIPPED = new Set(["node_modules", ".medusa", "__tests__"])

function filesUnder(input) {
  if (!fs.existsSync(input)) {
    return []
  }
  if (fs.statSync(input).isFile()) {
    return [input]
  }
  return fs
    .readdirSync(input, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(path.join(input, entry.name)) : [path.join(input, entry.name)]))
}
