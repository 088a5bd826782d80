export default async function globalTeardown() {
  await globalThis.testEnvironment.stop()
}
