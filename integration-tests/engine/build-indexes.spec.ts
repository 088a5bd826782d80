import { knex } from "@medusajs/framework/mikro-orm/knex"
import { buildIndexes, hasIndexesToBuild } from "../../src/modules/privacy/indexes/build-indexes"
import { readIndexes, type IndexView } from "../../src/modules/privacy/indexes/read-indexes"
import { requestIndexes } from "../../src/modules/privacy/indexes/request-indexes"
import { openEngine, type Engine } from "../support/engine"

const OFFICER = { id: "user_dpo", type: "user" as const }

let engine: Engine
let missing: IndexView[]

const logger = { error: (message: string) => engine.logged.push(message) } as never
const find = () => engine.transaction((session) => readIndexes(session, engine.environment.map.entries))
const request = (names: string[]) => engine.transaction((session) => requestIndexes(session, missing, names, OFFICER))
const build = () => buildIndexes(engine.connection, logger)
const validity = async (name: string) =>
  (await engine.database.row<{ valid: boolean }>(`SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)`, [`"${name}"`]))?.valid ?? null
const state = (name: string) => engine.database.row("SELECT status, error, attempts, requested_by FROM privacy_index_build WHERE name = $1", [name])
const of = (table: string) => missing.find((index) => index.table === table)?.name as string

/** A unique index over equal values fails half way and leaves its remains behind, as Postgres documents. */
async function leaveInvalid(name: string, table: string) {
  await engine.database.rows(`CREATE UNIQUE INDEX CONCURRENTLY "${name}" ON "${table}" ((1))`).catch(() => undefined)
  expect(await validity(name)).toBe(false)
}

beforeAll(async () => {
  engine = await openEngine({ name: "build_indexes" })
  missing = await find()
})

afterAll(() => engine?.close())

describe("an index an officer asks for", () => {
  it("is named with its table, its kinds and what creates it", () => {
    const notification = missing.find(({ table }) => table === "notification")
    expect(notification).toMatchObject({ kinds: ["communications"], covers: "all", status: "missing", error: null })
    expect(notification?.statement).toMatch(/^CREATE INDEX CONCURRENTLY IF NOT EXISTS "IDX_privacy_notification/)
    expect(missing.every(({ name, statement }) => name && statement)).toBe(true)
  })

  it("is valid afterwards, is written down, and is missing no more; a second time nothing happens", async () => {
    const name = of("notification")
    expect(await request([name, name])).toEqual([name])
    expect((await find()).find((index) => index.name === name)?.status).toBe("building")
    expect(await engine.transaction(hasIndexesToBuild)).toBe(true)

    await build()

    expect(await validity(name)).toBe(true)
    expect(await state(name)).toEqual({ status: "ready", error: null, attempts: 1, requested_by: OFFICER.id })
    missing = await find()
    expect(missing.map((index) => index.name)).not.toContain(name)
    expect(await engine.transaction(hasIndexesToBuild)).toBe(false)

    expect(await request([name])).toEqual([])
    await build()
    expect(await state(name)).toMatchObject({ status: "ready", attempts: 1 })
    const audit = await engine.database.rows(
      "SELECT action, actor_id, details FROM privacy_audit_entry WHERE action LIKE 'index.%' ORDER BY created_at"
    )
    expect(audit).toEqual([
      { action: "index.requested", actor_id: OFFICER.id, details: { names: [name] } },
      { action: "index.created", actor_id: null, details: { name } },
    ])
  })

  it("is refused when the data map does not ask for it: nothing else can be created", async () => {
    await expect(request(["IDX_made_up"])).rejects.toThrow("Not among the missing indexes: IDX_made_up. Choose names from")
    expect(await state("IDX_made_up")).toBeUndefined()
  })

  it("replaces what a build that broke off has left behind", async () => {
    const name = of("order")
    await leaveInvalid(name, "order")
    await request([name])
    await build()
    expect(await validity(name)).toBe(true)
    expect(await state(name)).toMatchObject({ status: "ready" })
  })

  it("is dropped again and reported when it fails, and can be asked for again", async () => {
    const name = of("auth_identity")
    const { statement } = missing.find((index) => index.name === name) as IndexView
    await request([name])
    await engine.database.rows("UPDATE privacy_index_build SET statement = $2 WHERE name = $1", [
      name,
      `CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "${name}" ON "auth_identity" ((1))`,
    ])

    await build()

    expect(await validity(name)).toBeNull()
    expect(await state(name)).toMatchObject({ status: "failed", error: expect.stringMatching(/^Database error 23505/) })
    expect((await find()).find((index) => index.name === name)).toMatchObject({ status: "failed", error: expect.stringContaining("23505") })
    expect(engine.logged.join()).toContain(name)

    expect(await request([name])).toEqual([name])
    expect(await engine.database.row("SELECT statement, error FROM privacy_index_build WHERE name = $1", [name])).toEqual({ statement, error: null })
    await build()
    expect(await validity(name)).toBe(true)
  })

  it("is given up after workers died over it three times", async () => {
    missing = await find()
    const name = of("cart")
    await request([name])
    await engine.database.rows("UPDATE privacy_index_build SET attempts = 3 WHERE name = $1", [name])
    await build()
    expect(await state(name)).toMatchObject({ status: "failed", error: "The server stopped 3 times while it was built." })
    expect(await validity(name)).toBeNull()
  })

  it("that Postgres finished after its worker had died is taken as it is", async () => {
    const name = of("cart")
    const { statement } = missing.find((index) => index.name === name) as IndexView
    await request([name])
    await engine.database.rows(statement)
    const { oid } = await engine.database.row("SELECT to_regclass($1)::oid AS oid", [`"${name}"`])
    await engine.database.rows("UPDATE privacy_index_build SET attempts = 3 WHERE name = $1", [name])
    await build()
    expect(await state(name)).toMatchObject({ status: "ready" })
    expect(await engine.database.row("SELECT to_regclass($1)::oid AS oid", [`"${name}"`])).toEqual({ oid })
    await engine.database.rows(`DROP INDEX "${name}"`)
  })

  it("is built once, however many workers look", async () => {
    const name = of("cart")
    await request([name])
    await Promise.all([build(), build(), build()])
    await build()
    expect(await state(name)).toMatchObject({ status: "ready", attempts: 1 })
  })

  it("takes as long as it needs, whatever the shop's limit for a statement, which stands again afterwards", async () => {
    const name = "IDX_privacy_slow"
    const { database } = await engine.database.row<{ database: string }>("SELECT current_database() AS database")
    await engine.database.rows(`ALTER DATABASE "${database}" SET statement_timeout = '1s'`)
    const limited = knex({ client: "pg", connection: engine.databaseUrl, pool: { min: 0, max: 2 } })
    await engine.database.rows(
      `INSERT INTO privacy_index_build (id, name, table_name, statement) VALUES ('prvidx_slow', $1, 'customer', 'SELECT pg_sleep(1.5)')
       ON CONFLICT (name) WHERE deleted_at IS NULL DO UPDATE SET status = 'building', attempts = 0, statement = excluded.statement`,
      [name]
    )

    await buildIndexes(limited, logger)

    expect(await state(name)).toMatchObject({ status: "ready", error: null })
    const timeouts = await Promise.all([1, 2].map(async () => (await limited.raw("SHOW statement_timeout")).rows[0].statement_timeout))
    expect(timeouts).toEqual(["1s", "1s"])
    await limited.destroy()
  })

  it("changes nothing of a session behind a connection pooler, where the next statement may meet another one", async () => {
    const pooled = knex({ client: "pg", connection: engine.databaseUrl, pool: { min: 0, max: 2 } })
    const sent: string[] = []
    // As a pooler does it: the process id a client is told is made up.
    const { acquireConnection } = pooled.client
    pooled.client.acquireConnection = async function () {
      const raw = await acquireConnection.call(this)
      raw.processID = -1
      const query = raw.query.bind(raw)
      raw.query = (config: { text: string }, ...rest: unknown[]) => {
        sent.push(config.text)
        return query(config, ...rest)
      }
      return raw
    }
    const { database } = await engine.database.row<{ database: string }>("SELECT current_database() AS database")
    await engine.database.rows(`ALTER DATABASE "${database}" SET statement_timeout = '700ms'`)
    await engine.database.rows(
      `INSERT INTO privacy_index_build (id, name, table_name, statement) VALUES ('prvidx_pooled', 'IDX_privacy_pooled', 'customer', 'SELECT 1'),
         ('prvidx_limited', 'IDX_privacy_limited', 'customer', 'SELECT pg_sleep(5)')`
    )

    await buildIndexes(pooled, logger)

    expect(await state("IDX_privacy_pooled")).toMatchObject({ status: "ready", error: null })
    expect(await state("IDX_privacy_limited")).toMatchObject({ status: "failed", error: expect.stringMatching(/behind a connection pooler it cannot be lifted/) })
    expect(sent.filter((text) => /set_config|SET (?!LOCAL)\w+|pg_(try_)?advisory_lock|pg_advisory_unlock|PREPARE|LISTEN/.test(text.replace(/UPDATE[\s\S]*/, "")))).toEqual([])
    await pooled.destroy()
    await engine.database.rows(`ALTER DATABASE "${database}" RESET statement_timeout`)
  })
})
