import { startProcess, stopProcess } from "./child-process.mjs"
import { DEMO, MEDUSA_CLI, shown } from "./paths.mjs"
import { PlainError } from "./plain-error.mjs"
import { freePort } from "./ports.mjs"

/**
 * What every command of the store needs. NODE_ENV is neither `development` (which would build the admin on the fly) nor
 * `production` (Medusa's default for `start`, which would mark cookies `secure`, and then nobody can log in over plain http).
 */
export function storeEnvironment({ databaseUrl, port, env = {} }) {
  return {
    NODE_ENV: "demo",
    DATABASE_URL: databaseUrl,
    MEDUSA_DISABLE_TELEMETRY: "true",
    ...(port ? { STORE_URL: `http://localhost:${port}` } : {}),
    ...env,
  }
}

/**
 * Starts the demo store and waits until it answers.
 *
 * @param options.port any free port when left out
 * @param options.env more environment, for example `{ DEMO_RBAC: "1" }`
 * @param options.log a file for the store's output
 * @param options.within milliseconds until the store must be healthy
 * @returns `{ url, port, pid, log, ended, kill(signal), stop() }`; `ended` resolves with `{ code, signal }` when the process is gone
 */
export async function startStore({ databaseUrl, port, env, log, within = 120_000 }) {
  port ??= await freePort()
  const url = `http://localhost:${port}`
  const store = startProcess(process.execPath, [MEDUSA_CLI, "start", "--port", String(port)], {
    cwd: DEMO,
    env: storeEnvironment({ databaseUrl, port, env }),
    log,
  })
  let ended
  store.ended.then((result) => (ended = result))
  const until = Date.now() + within
  while (!(await isHealthy(url))) {
    if (ended || Date.now() > until) {
      const reason = ended ? "stopped while it was starting" : `did not answer within ${within / 1000} seconds`
      await stopProcess(store)
      throw new PlainError(`The store ${reason}. Log: ${shown(log)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return {
    url,
    port,
    pid: store.pid,
    log,
    ended: store.ended,
    /** A signal to the process at once, `SIGKILL` for a crash. */
    kill: (signal = "SIGKILL") => store.kill(signal),
    stop: async () => await stopProcess(store),
  }
}

async function isHealthy(url) {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}
