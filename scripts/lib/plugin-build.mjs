import path from "node:path"

import { runToEnd } from "./child-process.mjs"
import { MEDUSA_CLI, ROOT } from "./paths.mjs"
import { hashOf, whenChanged } from "./stamps.mjs"

const STAMP = path.join(ROOT, ".medusa/plugin-build.stamp")

/** The hash of what the plugin is built from. */
export function pluginSourceHash() {
  return hashOf(["src", "package.json", "tsconfig.json"].map((input) => path.join(ROOT, input)))
}

/**
 * Builds the plugin into .medusa/server when its sources changed.
 *
 * @returns true when it was built
 */
export async function buildPlugin({ log, onStart }) {
  return await whenChanged({
    stamp: STAMP,
    hash: pluginSourceHash(),
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
