import path from "node:path"

import { runVisibly } from "./lib/child-process.mjs"
import { checkMachine } from "./lib/machine.mjs"
import { installPackages, linkPlugin, packagesAreInstalled } from "./lib/packages.mjs"
import { ROOT } from "./lib/paths.mjs"
import { PlainError } from "./lib/plain-error.mjs"
import { buildPlugin } from "./lib/plugin-build.mjs"
import { provideSystemPrograms } from "./lib/system-programs.mjs"

const LOGS = path.join(ROOT, ".test")
const say = (line) => console.log(`\n== ${line}`)

/** Runs a program of the installed packages with its output on the terminal. */
const run = (what, entry, args, env) => runVisibly(process.execPath, [path.join(ROOT, "node_modules", entry), ...args], { what, cwd: ROOT, env })

/** What imports what: unused exports, and cycles between files. */
async function checkImports() {
  await run("Unused exports", "knip/bin/knip.js", ["--no-progress"])
  await run("Import cycles", "dependency-cruiser/bin/dependency-cruise.mjs", ["src", "integration-tests", "demo", "scripts", "benchmarks"])
}

const TYPES = [".", "src/admin", "integration-tests", "demo"]

async function checkTypes() {
  for (const project of TYPES) {
    await run(`Types of ${project}`, "typescript/bin/tsc", ["--noEmit", "-p", project])
  }
}

/** Waits for both, then throws what the first of them threw. */
async function bothEnd(...running) {
  const failed = (await Promise.allSettled(running)).find(({ status }) => status === "rejected")
  if (failed) {
    throw failed.reason
  }
}

/** Specs at a time, each with stores of its own: about two gigabytes of memory a worker. */
const WORKERS = 2

try {
  checkMachine([LOGS])
  await provideSystemPrograms({ log: path.join(LOGS, "system-programs.log"), onStart: (names) => say(`Installing ${names}`) })
  if (!packagesAreInstalled()) {
    say("Installing packages (about two minutes)")
    await installPackages({ log: path.join(LOGS, "packages.log") })
  }
  linkPlugin()
  // Before the types: the demo is checked against the built package, as a store would be.
  await buildPlugin({ log: path.join(LOGS, "plugin-build.log"), onStart: () => say("Building the plugin") })
  say("Lint and types")
  await bothEnd(run("Lint", "eslint/bin/eslint.js", ["."]), checkTypes().then(checkImports))
  say("Tests: unit, module, HTTP, browser. The first run builds the plugin and seeds a store")
  const args = process.argv.slice(2)
  const atATime = args.includes("--runInBand") ? [] : [`--maxWorkers=${WORKERS}`]
  await run("Tests", "jest/bin/jest.js", [...atATime, ...args], {
    NODE_OPTIONS: "--experimental-vm-modules --no-warnings",
    MEDUSA_DISABLE_TELEMETRY: "true",
  })
} catch (error) {
  console.error(error instanceof PlainError ? `\n${error.message}` : error)
  process.exit(1)
}
