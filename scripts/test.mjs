import { existsSync } from "node:fs"
import path from "node:path"

import { runVisibly } from "./lib/child-process.mjs"
import { installBrowser } from "./lib/browser.mjs"
import { installPackages, linkPlugin, packagesAreInstalled } from "./lib/packages.mjs"
import { ROOT } from "./lib/paths.mjs"
import { PlainError } from "./lib/plain-error.mjs"
import { buildPlugin } from "./lib/plugin-build.mjs"

const LOGS = path.join(ROOT, ".test")
const say = (line) => console.log(`\n== ${line}`)

/** Runs a program of the installed packages with its output on the terminal. */
const run = (what, entry, args, env) => runVisibly(process.execPath, [path.join(ROOT, "node_modules", entry), ...args], { what, cwd: ROOT, env })

const TYPES = [".", "src/admin", "integration-tests", "demo"]

try {
  if (!packagesAreInstalled()) {
    say("Installing packages (about two minutes)")
    await installPackages({ log: path.join(LOGS, "packages.log") })
  }
  linkPlugin()
  if (!existsSync(installBrowser.path)) {
    say("Installing Chromium")
    await installBrowser({ log: path.join(LOGS, "browser.log") })
  }
  // Before the types: the demo is checked against the built package, as a store would be.
  await buildPlugin({ log: path.join(LOGS, "plugin-build.log"), onStart: () => say("Building the plugin") })
  say("Lint")
  await run("Lint", "eslint/bin/eslint.js", ["."])
  say("Types")
  for (const project of TYPES) {
    await run(`Types of ${project}`, "typescript/bin/tsc", ["--noEmit", "-p", project])
  }
  say("Tests: unit, module, HTTP, browser. The first run builds the plugin and seeds a store")
  await run("Tests", "jest/bin/jest.js", ["--runInBand", ...process.argv.slice(2)], {
    NODE_OPTIONS: "--experimental-vm-modules --no-warnings",
    MEDUSA_DISABLE_TELEMETRY: "true",
  })
} catch (error) {
  console.error(error instanceof PlainError ? `\n${error.message}` : error)
  process.exit(1)
}
