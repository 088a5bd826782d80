import fs from "node:fs"
import os from "node:os"
import path from "node:path"

import { stopAllProcesses } from "./lib/child-process.mjs"
import { FreshStore, packPlugin } from "./lib/fresh-store.mjs"
import { installPackages, packagesAreInstalled } from "./lib/packages.mjs"
import { ROOT, shown } from "./lib/paths.mjs"
import { PlainError } from "./lib/plain-error.mjs"
import { buildPlugin } from "./lib/plugin-build.mjs"
import { cellsNamed } from "./matrix/cells.mjs"
import { tableOf } from "./matrix/table.mjs"

const LOGS = path.join(ROOT, ".test/matrix")
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "privacy-matrix-"))
const say = (line) => console.log(line)

/** A store for each version of Medusa, installed when the first cell asks for it. */
const stores = new Map()

try {
  const cells = cellsNamed(process.argv.slice(2))
  fs.mkdirSync(LOGS, { recursive: true })
  if (!packagesAreInstalled()) {
    say("Installing packages (about two minutes)")
    await installPackages({ log: path.join(LOGS, "packages.log") })
  }
  await buildPlugin({ log: path.join(ROOT, ".test/plugin-build.log"), onStart: () => say("Building the plugin") })
  const { tarball } = await packPlugin({ folder, log: path.join(LOGS, "pack.log") })
  const results = await runCells(cells, tarball)
  say(`\n${tableOf(results)}`)
  process.exitCode = results.every(({ passed }) => passed) ? 0 : 1
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error)
  process.exitCode = 1
} finally {
  await stopAllProcesses()
  stores.forEach((store) => store.remove())
  fs.rmSync(folder, { recursive: true, force: true })
}

async function runCells(cells, tarball) {
  // After the packages are there: these import them.
  const { Parts } = await import("./matrix/parts.mjs")
  const { runCell } = await import("./matrix/run-cell.mjs")
  const parts = new Parts({ folder, logs: LOGS })
  const results = []
  for (const cell of cells) {
    const started = Date.now()
    let failure
    try {
      await runCell({ cell, parts, store: await storeOn(cell, tarball), logs: path.join(LOGS, cell.name) })
    } catch (error) {
      failure = error
      fs.appendFileSync(path.join(LOGS, "matrix.log"), `${cell.name}: ${error.stack ?? error}\n`)
      await stopAllProcesses()
    }
    const seconds = Math.round((Date.now() - started) / 1000)
    const reason = failure && `${String(failure.message).replace(/\s+/g, " ").slice(0, 300)} Logs: ${shown(path.join(LOGS, cell.name))}, ${shown(path.join(LOGS, "matrix.log"))}`
    say(`${failure ? "FAILED" : "passed"}  ${cell.name}  ${seconds} s${reason ? `  ${reason}` : ""}`)
    results.push({ ...cell, seconds, passed: !failure })
  }
  return results
}

async function storeOn({ medusa }, tarball) {
  if (!stores.has(medusa)) {
    say(`Installing a store on Medusa ${medusa}`)
    const store = new FreshStore({ medusa, tarball, logs: path.join(LOGS, `medusa-${medusa}`) })
    stores.set(medusa, store)
    await store.install()
  }
  return stores.get(medusa)
}
