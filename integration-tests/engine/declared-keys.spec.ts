import type { PrivacyPluginOptions } from "../../src/modules/privacy/options"
import { makeCrowd } from "../support/crowd"
import { eraseAll, openEngine, type Engine } from "../support/engine"
import { copyTemplate } from "../support/test-store"
import { Database } from "../support/database"

/** A store's own tables: one with a uuid key, one under it with a counted key, one that names the customer by a number of its own. */
const TABLES = `
  CREATE TABLE ext_profile (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), customer_id text NOT NULL, number int NOT NULL UNIQUE, nickname text);
  CREATE INDEX ON ext_profile (customer_id);
  CREATE TABLE ext_visit (id bigserial PRIMARY KEY, profile_id uuid NOT NULL, page text);
  CREATE INDEX ON ext_visit (profile_id);
  CREATE TABLE ext_call (id serial PRIMARY KEY, profile_number bigint NOT NULL, said text, token text);
  CREATE TABLE ext_mood (kind ext_kind PRIMARY KEY, customer varchar(60), note text);`

const options: PrivacyPluginOptions = {
  tables: [
    { table: "ext_profile", kind: "profiles", rows: [{ column: "customer_id", of: "customer" }], technical: ["customer_id"], columns: { nickname: { category: "identity", anonymize: "redact" } } },
    { table: "ext_visit", kind: "visits", rows: [{ column: "profile_id", of: "ext_profile" }], delete_row: ["anonymize", "delete"], columns: { page: { category: "behaviour", anonymize: "null" } } },
    {
      table: "ext_call", kind: "calls", rows: [{ column: "profile_number", of: "ext_profile", parent_column: "number" }],
      columns: { said: { category: "free_text", anonymize: "redact" }, token: { category: "contact", anonymize: { strategy: "pseudonym", form: "row" } } },
    },
    { table: "ext_mood", key: "kind", kind: "moods", rows: [{ column: "customer", of: "customer" }], technical: ["customer"], columns: { note: { category: "free_text", anonymize: "null" } } },
  ],
}

let engine: Engine

beforeAll(async () => {
  const databaseUrl = await copyTemplate("engine_declared_keys")
  const database = await Database.connect(databaseUrl)
  await database.rows("CREATE TYPE ext_kind AS ENUM ('sad', 'glad')")
  await database.rows(TABLES)
  await database.close()
  engine = await openEngine({ name: "declared_keys", databaseUrl, options })
})

afterAll(() => engine?.close())

describe("tables whose keys are no text", () => {
  it.each(["anonymize", "delete"] as const)("are found and erased like any other, and other people's rows stay (%s)", async (method) => {
    const [one, other, third] = await makeCrowd(engine.database, 3, `keys${method}`)
    await engine.database.rows(
      `INSERT INTO ext_profile (customer_id, number, nickname) SELECT id, 100 * $2::int + row_number() OVER (), 'Nick' || right(id, 1) FROM unnest($1::text[]) AS c (id)`,
      [[one, other, third], method === "delete" ? 2 : 1]
    )
    await engine.database.rows("INSERT INTO ext_visit (profile_id, page) SELECT id, nickname || '''s page' FROM ext_profile WHERE customer_id = ANY($1)", [[one, other, third]])
    await engine.database.rows("INSERT INTO ext_call (profile_number, said, token) SELECT number, nickname || ' said', nickname FROM ext_profile WHERE customer_id = ANY($1)", [[one, other, third]])
    await engine.database.rows(
      "INSERT INTO ext_mood (kind, customer, note) VALUES ('sad', $1, 'Nick1'), ('glad', $2, 'Nick3') ON CONFLICT (kind) DO UPDATE SET customer = EXCLUDED.customer, note = EXCLUDED.note",
      [one, third]
    )

    const { subjects } = await eraseAll(engine, [one, other], { method })

    expect(subjects).toMatchObject([{ status: "complete", error: null }, { status: "complete", error: null }])
    const { text } = await engine.database.row<{ text: string }>(
      `SELECT concat((SELECT string_agg(t::text, ' ') FROM ext_profile AS t), (SELECT string_agg(t::text, ' ') FROM ext_visit AS t),
         (SELECT string_agg(t::text, ' ') FROM ext_call AS t), (SELECT string_agg(t::text, ' ') FROM ext_mood AS t)) AS text`
    )
    expect(text).not.toMatch(/Nick[12]/)
    expect(text.match(/Nick3/g)?.length).toBeGreaterThanOrEqual(5)
  })

  it("say which table and which error it was where a subject is parked", async () => {
    const [id] = await makeCrowd(engine.database, 1, "parked")
    const { map } = engine.environment
    const entries = map.entries.map((entry) => (entry.name === "ext_profile" ? { ...entry, rowsSql: entry.rowsSql.replace('t."customer_id"', 't."number"') } : entry))
    const { subjects } = await eraseAll({ ...engine, environment: { ...engine.environment, map: { ...map, entries } } }, [id])
    expect(subjects).toMatchObject([{ status: "failed", error: "Database error 42883, table ext_profile" }])
  })
})
