import fs from "node:fs"
import path from "node:path"

import { runToEnd } from "./child-process.mjs"
import { PLUGIN_NAME, ROOT } from "./paths.mjs"

const LOCK = path.join(ROOT, "package-lock.json")
// npm writes down what it installed; comparing against that also recognises packages that were installed by hand.
const INSTALLED = path.join(ROOT, "node_modules/.package-lock.json")

/** True when every package of the lock file is installed in the locked version. */
export function packagesAreInstalled() {
  if (!fs.existsSync(INSTALLED)) {
    return false
  }
  if (!fs.existsSync(LOCK)) {
    return true
  }
  const wanted = JSON.parse(fs.readFileSync(LOCK, "utf8")).packages
  const installed = JSON.parse(fs.readFileSync(INSTALLED, "utf8")).packages
  return Object.entries(wanted).every(
    ([place, { version, optional, devOptional }]) =>
      place === "" || optional || devOptional || installed[place]?.version === version
  )
}

/**
 * Installs the packages of the lock file. A lock file that was written where the registry did not have the optional packages of every
 * platform is refused by `npm ci`; `npm install` reads the same versions from it and finds the rest.
 */
export async function installPackages({ log }) {
  if (fs.existsSync(LOCK) && (await npm(["ci"], log).then(() => true, () => false))) {
    return
  }
  await npm(["install", "--no-save"], log)
}

async function npm(args, log) {
  const windows = process.platform === "win32"
  await runToEnd(windows ? "npm.cmd" : "npm", [...args, "--no-audit", "--no-fund"], {
    what: "Installing packages (is the npm registry reachable?)",
    cwd: ROOT,
    log,
    shell: windows,
  })
}

/** Makes the plugin resolvable by its name from the demo store, as if it had been installed from the registry. */
export function linkPlugin() {
  const link = path.join(ROOT, "node_modules", PLUGIN_NAME)
  if (fs.existsSync(link) && fs.realpathSync(link) === fs.realpathSync(ROOT)) {
    return
  }
  fs.rmSync(link, { recursive: true, force: true })
  fs.symlinkSync(process.platform === "win32" ? ROOT : "..", link, "junction")
}
