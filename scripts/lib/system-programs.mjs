import { existsSync } from "node:fs"

import { runToEnd } from "./child-process.mjs"
import { PlainError } from "./plain-error.mjs"

/** Programs of the system that tests drive: where each is, its Debian package, the variable that names another, and what needs it. */
export const SYSTEM_PROGRAMS = [
  { name: "Chromium", path: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", package: "chromium", variable: "CHROMIUM_PATH", neededBy: "browser tests" },
  { name: "Redis", path: process.env.REDIS_SERVER_PATH ?? "/usr/bin/redis-server", package: "redis-server", variable: "REDIS_SERVER_PATH", neededBy: "Redis tests" },
]

const isMissing = ({ path }) => !existsSync(path)

/**
 * Installs those that are not there.
 *
 * @param options.onStart told the names before anything is installed
 * @throws PlainError that says what to install, where this user may not or it did not help
 */
export async function provideSystemPrograms({ log, onStart }) {
  const missing = SYSTEM_PROGRAMS.filter(isMissing)
  if (missing.length && process.platform === "linux" && process.getuid() === 0 && existsSync("/usr/bin/apt-get")) {
    const names = missing.map(({ name }) => name).join(" and ")
    const env = { DEBIAN_FRONTEND: "noninteractive" }
    onStart(names)
    await runToEnd("apt-get", ["update"], { what: "Reading the package lists", log, env })
    const packages = missing.map((program) => program.package)
    await runToEnd("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { what: `Installing ${names}`, log, env })
  }
  const still = missing.filter(isMissing)
  if (still.length) {
    throw new PlainError(
      still
        .map(({ name, path, neededBy, variable, ...program }) =>
          `The ${neededBy} need ${name} at ${path}. Install it (on Debian: apt-get install ${program.package}), or name another by ${variable}.`)
        .join("\n")
    )
  }
}
