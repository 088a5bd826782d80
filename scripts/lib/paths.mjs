import path from "node:path"
import { fileURLToPath } from "node:url"

/** The repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
/** The store that uses the plugin. */
export const DEMO = path.join(ROOT, "demo")
/** What the demo keeps between two starts: database, logs, stamps. Git ignores it; `--reset` deletes it. */
export const STATE = path.join(ROOT, ".demo")

export const PLUGIN_NAME = "medusa-plugin-privacy"
export const MEDUSA_CLI = path.join(ROOT, "node_modules/@medusajs/cli/cli.js")

/** A path as a person in the repository would type it. */
export const shown = (file) => path.relative(process.cwd(), file) || "."
