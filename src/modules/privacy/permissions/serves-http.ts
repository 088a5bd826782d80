let serving = false

/** Called by the file of the plugin's HTTP middlewares, which Medusa loads only in a process that answers HTTP requests. */
export function noteHttp(): void {
  serving = true
}

/** What decides whether a process is a start of the store. */
interface Process {
  workerMode: "shared" | "worker" | "server"
  env?: NodeJS.ProcessEnv
  http?: boolean
}

/**
 * True in a process that serves HTTP or works jobs. `medusa exec`, `medusa user` and the scripts of `db:migrate` start the modules too: they load
 * no HTTP routes and set MEDUSA_WORKER_MODE to "server", whatever the configuration says.
 */
export function isStart({ workerMode, env = process.env, http = serving }: Process): boolean {
  return http || (workerMode === "worker" && env.MEDUSA_WORKER_MODE !== "server")
}
