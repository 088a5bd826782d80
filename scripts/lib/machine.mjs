import fs from "node:fs"
import path from "node:path"

import { ROOT } from "./paths.mjs"
import { PlainError } from "./plain-error.mjs"

/**
 * Looks at what every command needs before it begins.
 *
 * @param folders of the repository that it writes to
 * @throws PlainError that says what to do
 */
export function checkMachine(folders) {
  const { engines } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8"))
  if (!satisfies(process.versions.node, engines.node)) {
    throw new PlainError(`Node ${process.versions.node} does not run Medusa. Install Node ${engines.node}.`)
  }
  const closed = [ROOT, ...folders.filter((folder) => fs.existsSync(folder))].find((folder) => !isWritable(folder))
  if (closed) {
    throw new PlainError(`This user may not write to ${closed}. Start as its owner, or in a clone of your own.`)
  }
}

/** For ranges such as "^20.19 || >=22.12"; the package that knows all of them may not be installed yet. */
function satisfies(version, ranges) {
  const [major, minor] = version.split(".").map(Number)
  return ranges.split("||").some((range) => {
    const [, sign, least, since] = range.trim().match(/^(\^|>=)(\d+)\.(\d+)/)
    return major === Number(least) ? minor >= Number(since) : sign === ">=" && major > Number(least)
  })
}

function isWritable(folder) {
  try {
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK)
    return true
  } catch {
    return false
  }
}
