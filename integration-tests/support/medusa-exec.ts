import { execFile } from "node:child_process"
import path from "node:path"

/** Runs one of the plugin's scripts by `medusa exec`, as an operator types it in the store's folder. */
export async function runScript(
  name: string,
  { databaseUrl, env = {}, args = [] }: { databaseUrl: string; env?: Record<string, string>; args?: string[] }
): Promise<{ code: number; output: string }> {
  const { storeEnvironment } = await import("../../scripts/lib/store-process.mjs" as string)
  const { DEMO, MEDUSA_CLI, ROOT } = await import("../../scripts/lib/paths.mjs" as string)
  const script = path.join(ROOT, "node_modules/medusa-plugin-privacy/.medusa/server/src/scripts", name)
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MEDUSA_CLI, "exec", path.relative(DEMO, script), ...args],
      { cwd: DEMO, env: { ...process.env, ...storeEnvironment({ databaseUrl, env }), NODE_OPTIONS: "" } },
      (error, stdout) => resolve({ code: Number(error?.code ?? 0), output: stdout })
    )
  })
}
