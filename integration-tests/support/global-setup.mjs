import { startEnvironment } from "./environment.mjs"

export default async function globalSetup() {
  const environment = await startEnvironment()
  Object.assign(process.env, environment.variables)
  globalThis.testEnvironment = environment
}
