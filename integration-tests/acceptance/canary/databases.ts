import { Database } from "../../support/database"

/** A copy of a database nobody is connected to. */
export async function copyDatabase(source: string, target: string): Promise<string> {
  const admin = await Database.connect(process.env.TEST_POSTGRES_URL as string)
  await admin.rows(`DROP DATABASE IF EXISTS "${target}" WITH (FORCE)`)
  await admin.rows(`CREATE DATABASE "${target}" TEMPLATE "${source}"`)
  await admin.close()
  const url = new URL(process.env.TEST_POSTGRES_URL as string)
  url.pathname = `/${target}`
  return url.href
}
