import { startEnvironment } from "./environment.mjs"

export default async function globalSetup({ maxWorkers }) {
  const environment = await startEnvironment({ workers: maxWorkers })
  Object.assign(process.env, environment.variables)
  globalThis.testEnvironment = environment
}
