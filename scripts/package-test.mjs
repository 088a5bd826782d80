import fs from "node:fs"
import os from "node:os"
import path from "node:path"

import { stopAllProcesses } from "./lib/child-process.mjs"
import { installPackages, packagesAreInstalled } from "./lib/packages.mjs"
import { ROOT, shown } from "./lib/paths.mjs"
import { PlainError } from "./lib/plain-error.mjs"
import { buildPlugin } from "./lib/plugin-build.mjs"
import { provideSystemPrograms } from "./lib/system-programs.mjs"

/** Logs and pictures stay here; the stores lie in the system's temporary folder. */
const LOGS = path.join(ROOT, ".test/package")
const started = Date.now()
const say = (line) => console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${line}`)

/** What is under way: the first half of the line that says what failed. */
let underWay = "Preparing"
let logOfStep = path.join(LOGS, "package-test.log")

/** @param log what a failure without a log of its own points at */
async function step(what, run, log = path.join(LOGS, "package-test.log")) {
  underWay = what
  logOfStep = log
  say(what)
  return await run()
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "privacy-package-"))

try {
  fs.rmSync(LOGS, { recursive: true, force: true })
  fs.mkdirSync(LOGS, { recursive: true })
  if (!packagesAreInstalled()) {
    await step("Installing packages (about two minutes)", () => installPackages({ log: path.join(LOGS, "packages.log") }))
  }
  await provideSystemPrograms({ log: path.join(LOGS, "system-programs.log"), onStart: (names) => say(`Installing ${names}`) })
  await step("Building the plugin, unless its sources are as before", () => buildPlugin({ log: path.join(ROOT, ".test/plugin-build.log") }))
  const { testPackage } = await import("./package-test/run.mjs")
  await testPackage({ step, folder, logs: LOGS })
  say("The package passed.")
} catch (error) {
  console.error(`${underWay}: ${reasonOf(error)}`)
  process.exitCode = 1
} finally {
  await stopAllProcesses()
  fs.rmSync(folder, { recursive: true, force: true })
}

/** One line; what a reader needs besides lies in the log that it names. */
function reasonOf(error) {
  if (error instanceof PlainError) {
    return error.message
  }
  fs.mkdirSync(LOGS, { recursive: true })
  fs.appendFileSync(path.join(LOGS, "package-test.log"), `${error.stack ?? error}\n`)
  const logs = [...new Set([logOfStep, path.join(LOGS, "package-test.log")])].map(shown).join(", ")
  return `${String(error.message).replace(/\s+/g, " ").slice(0, 300)} Log: ${logs}`
}
