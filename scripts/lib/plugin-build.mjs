import path from "node:path"

import { runToEnd } from "./child-process.mjs"
import { MEDUSA_CLI, ROOT } from "./paths.mjs"
import { hashOf, whenChanged } from "./stamps.mjs"

const STAMP = path.join(ROOT, ".medusa/plugin-build.stamp")
const SOURCES = ["src", "package.json", "tsconfig.json"].map((name) => path.join(ROOT, name))

/**
 * Builds the plugin into .medusa/server when its sources changed.
 *
 * @returns true when it was built
 */
export async function buildPlugin({ log, onStart }) {
  return await whenChanged({
    stamp: STAMP,
    hash: hashOf(SOURCES),
    run: async () => {
      onStart?.()
      await runToEnd(process.execPath, [MEDUSA_CLI, "plugin:build"], {
        what: "Building the plugin",
        cwd: ROOT,
        env: { MEDUSA_DISABLE_TELEMETRY: "true" },
        log,
      })
    },
  })
}
