import { findMissingIndexes } from "../../src/modules/privacy/data-map/missing-indexes"
import { makeCrowd } from "../support/crowd"
import { Database } from "../support/database"
import { eraseAll, openEngine } from "../support/engine"
import { copyTemplate } from "../support/test-store"

it.each(["anonymize", "delete"] as const)("A store whose schema has capital letters can erase its customers (%s)", async (method) => {
  const url = new URL(await copyTemplate(`schema_name_${method}`))
  const admin = await Database.connect(url.href)
  await admin.rows('ALTER SCHEMA public RENAME TO "Shop"')
  await admin.close()
  url.searchParams.set("options", '-c search_path="Shop"')
  const engine = await openEngine({ name: "schema_name", databaseUrl: url.href })
  try {
    expect(engine.environment.map.entries.length).toBeGreaterThan(20)
    await engine.transaction((session) => findMissingIndexes(session, engine.environment.map.entries))
    const customers = await makeCrowd(engine.database, 2, "capital")
    const { subjects } = await eraseAll(engine, customers, { method })
    expect(subjects.map(({ status, error }) => ({ status, error }))).toEqual(customers.map(() => ({ status: "complete", error: null })))
  } finally {
    await engine.close()
  }
})
