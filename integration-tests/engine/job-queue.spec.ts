import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import { LOCK, takeLock, tryLock } from "../../src/modules/privacy/database/locks"
import { inTransaction, runAlone } from "../../src/modules/privacy/database/session"
import { installJobQueue, JobEngine, queueOf } from "../../src/modules/privacy/jobs/job-engine"
import { jobSchemaOf } from "../../src/modules/privacy/jobs/job-schema"
import { Database } from "../support/database"
import { copyTemplate } from "../support/test-store"
import { until } from "../support/until"

const POOL = 3

let url: string
let database: Database
const opened: Knex[] = []
const logger = { warn: jest.fn(), error: jest.fn(), info: jest.fn() }

beforeAll(async () => {
  url = await copyTemplate("job_queue")
  database = await Database.connect(url)
  await database.rows("DROP SCHEMA IF EXISTS privacy_jobs CASCADE")
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((connection) => connection.destroy()))
  await database.rows("DROP SCHEMA IF EXISTS privacy_jobs CASCADE")
})

afterAll(() => database?.close())

function pool(role?: string, min = POOL): Knex {
  const connection = new URL(url)
  if (role) {
    connection.username = role
    connection.password = "secret"
  }
  const opening = knex({ client: "pg", connection: connection.href, pool: { min, max: POOL } })
  opened.push(opening)
  return opening
}

/** A role as a careful operator makes it: it may use Medusa's tables and create nothing. */
async function makeRole(name: string): Promise<string> {
  const { there } = await database.row("SELECT count(*)::int AS there FROM pg_roles WHERE rolname = $1", [name])
  if (!there) {
    await database.rows(`CREATE ROLE ${name} LOGIN PASSWORD 'secret'`)
  }
  await database.rows(`GRANT USAGE ON SCHEMA public TO ${name}`)
  await database.rows(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`)
  return name
}

const handlers = Object.fromEntries(
  ["privacy-request", "privacy-customer", "privacy-extract", "privacy-delivery", "privacy-tick", "privacy-index"].map((queue) => [queue, async () => {}])
) as never

const engineOn = (connection: Knex, works = false) => new JobEngine(connection, logger as never, works, 1)

/** Every connection of the pool answers, and none of them is in a transaction. */
async function expectHealthy(connection: Knex) {
  const answers = await Promise.all(Array.from({ length: POOL * 4 }, () => connection.raw("SELECT 1 AS one, pg_sleep(0.01)")))
  expect(answers.map(({ rows }) => rows[0].one)).toEqual(Array.from({ length: POOL * 4 }, () => 1))
  const states = await database.rows(
    "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
  )
  expect(states).toEqual([])
}

describe("A statement of the job queue that fails", () => {
  it.each([
    ["runs into its statement_timeout", "BEGIN; SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(2); COMMIT", /statement timeout/],
    ["fails between BEGIN and COMMIT", "BEGIN; SELECT 1; SELECT no_such_column; COMMIT", /no_such_column/],
    ["cannot be parsed", "BEGIN; SELEC 1; COMMIT", /syntax/],
  ])("leaves no connection in a transaction when it %s", async (_, text, message) => {
    const connection = pool()
    for (let time = 0; time < POOL; time += 1) {
      await expect(runAlone(connection, text)).rejects.toThrow(message)
    }
    await expectHealthy(connection)
  })

  it("leaves no connection in a transaction when it waits too long for a lock", async () => {
    const connection = pool()
    await database.rows("BEGIN")
    await database.rows("LOCK TABLE privacy_pace IN ACCESS EXCLUSIVE MODE")
    const waiting = runAlone(connection, "BEGIN; SET LOCAL lock_timeout = '50ms'; DELETE FROM privacy_pace; COMMIT")
    await expect(waiting).rejects.toThrow(/lock timeout/)
    await database.rows("ROLLBACK")
    await expectHealthy(connection)
  })

  it("leaves no connection in a transaction when an operator cancels it, nor when its server process is ended", async () => {
    const connection = pool()
    for (const end of ["pg_cancel_backend", "pg_terminate_backend"]) {
      const running = runAlone(connection, "BEGIN; SELECT pg_sleep(20) AS canceled; COMMIT").catch((error: Error) => error)
      for (let ended = 0; ended === 0; ) {
        ended = (
          await database.rows(
            `SELECT ${end}(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%AS canceled%'`
          )
        ).length
      }
      expect(await running).toBeInstanceOf(Error)
    }
    await expectHealthy(connection)
  })

  it("leaves no connection in a transaction when two of them are the two sides of a deadlock", async () => {
    const connection = pool()
    await database.rows("INSERT INTO privacy_pace (id, at) VALUES ('one', now()), ('two', now())")
    const update = (first: string, second: string) =>
      runAlone(
        connection,
        `BEGIN; SET LOCAL deadlock_timeout = '50ms'; UPDATE privacy_pace SET at = now() WHERE id = '${first}'; SELECT pg_sleep(0.3);
         UPDATE privacy_pace SET at = now() WHERE id = '${second}'; COMMIT`
      )
    const ends = await Promise.allSettled([update("one", "two"), update("two", "one")])
    expect(ends.filter(({ status }) => status === "rejected")).toHaveLength(1)
    await database.rows("DELETE FROM privacy_pace WHERE id IN ('one', 'two')")
    await expectHealthy(connection)
  })
})

describe("Two shops in two schemas of one database", () => {
  const ofSchema = (schema: string) => {
    const opening = knex({ client: "pg", connection: url, searchPath: schema, pool: { min: 0, max: POOL } })
    opened.push(opening)
    return opening
  }

  beforeAll(() => database.rows('CREATE SCHEMA "Shop"'))

  it("have a queue each: neither takes the other's jobs", async () => {
    expect(["public", "shop", "Shop"].map(jobSchemaOf)).toEqual(["privacy_jobs", "privacy_jobs_shop", expect.stringMatching(/^privacy_jobs_shop_[0-9a-f]{8}$/)])
    const taken: Record<string, string[]> = { public: [], Shop: [] }
    const engines = await Promise.all(
      Object.keys(taken).map(async (schema) => {
        const engine = engineOn(ofSchema(schema), true)
        await engine.start({ ...(handlers as object), "privacy-request": async ({ request_id }: { request_id: string }) => void taken[schema].push(request_id) } as never)
        return engine
      })
    )
    await engines[0].wake("privacy-request", { request_id: "of_public" })
    await engines[1].wake("privacy-request", { request_id: "of_shop" })
    await until(async () => taken.public.length > 0 && taken.Shop.length > 0)
    await Promise.all(engines.map((engine) => engine.stop()))
    expect(taken).toEqual({ public: ["of_public"], Shop: ["of_shop"] })
    await database.rows(`DROP SCHEMA ${jobSchemaOf("Shop")} CASCADE`)
  })

  it("do not wait for each other's locks", async () => {
    await inTransaction(ofSchema("public"), async (own) => {
      await takeLock(own, LOCK.archives)
      expect(await inTransaction(ofSchema("Shop"), (other) => tryLock(other, LOCK.archives))).toBe(true)
      expect(await inTransaction(ofSchema("public"), (same) => tryLock(same, LOCK.archives))).toBe(false)
    })
  })
})

describe("The workers of a process", () => {
  it("erase on a click while an extract of a customer page waits for a slow destination", async () => {
    const engine = engineOn(pool(), true)
    let answered = () => {}
    const erased = jest.fn(async () => {})
    await engine.start({
      ...(handlers as object),
      "privacy-extract": () => new Promise<void>((resolve) => (answered = resolve)),
      "privacy-customer": erased,
    } as never)
    await engine.wake(queueOf({ type: "access", origin: "customer_page" }), { request_id: "slow" })
    await new Promise((resolve) => setTimeout(resolve, 300))
    await engine.wake(queueOf({ type: "erasure", origin: "customer_page" }), { request_id: "click" })
    await until(async () => erased.mock.calls.length > 0)
    answered()
    await engine.stop()
  })

  it("are as many as the pool of connections allows, and the log says so", async () => {
    logger.warn.mockClear()
    const engine = new JobEngine(pool(), logger as never, true, 4)
    await engine.start(handlers)
    await engine.stop()
    expect(logger.warn).toHaveBeenCalledWith(expect.stringMatching(/pool has 3 connections.*worked off by 1 at a time\. Raise databaseDriverOptions\.pool\.max to 14/))
  })
})

describe("The schema of the job queue", () => {
  it("is created once by processes that start together, and none of them is left with a broken connection", async () => {
    const pools = Array.from({ length: 4 }, () => pool())
    const engines = pools.map((connection) => engineOn(connection))
    await Promise.all(engines.map((engine) => engine.start(handlers)))
    for (const connection of pools) {
      await expectHealthy(connection)
    }
    await Promise.all(engines.map((engine) => engine.stop()))
  })

  it("that a role may not create is refused with the GRANT it lacks, and the pool stays whole", async () => {
    const connection = pool(await makeRole("shop_plain"))
    await expect(engineOn(connection, true).start(handlers)).rejects.toThrow(
      'The database role "shop_plain" may not create the schema "privacy_jobs" of the job queue. Run `medusa db:migrate` as a role that may, ' +
        'or: GRANT CREATE ON DATABASE "job_queue" TO "shop_plain";'.replace("job_queue", new URL(url).pathname.slice(1))
    )
    await expectHealthy(connection)
  })

  it("that another role created is refused with the GRANT it lacks, and works once that was given", async () => {
    await installJobQueue(pool())
    const connection = pool(await makeRole("shop_second"))
    const engine = engineOn(connection, true)
    const refused = (await engine.start(handlers).catch((error: Error) => error)) as Error
    expect(refused.message).toContain('may not use the schema "privacy_jobs" of the job queue, which another role created.')
    const [, grants] = refused.message.split("created. ")
    await expectHealthy(connection)
    for (const grant of grants.split("; ")) {
      await database.rows(grant)
    }
    const worked = jest.fn(async () => {})
    await engine.start({ ...(handlers as object), "privacy-tick": worked } as never)
    await engine.wake("privacy-tick")
    await until(async () => worked.mock.calls.length > 0)
    await engine.stop()
    await expectHealthy(connection)
  })

  it("is filled by a role that may create tables in it, although it may create no schema", async () => {
    const role = await makeRole("shop_third")
    await database.rows("CREATE SCHEMA privacy_jobs")
    const connection = pool(role)
    await expect(engineOn(connection).start(handlers)).rejects.toThrow(`GRANT USAGE, CREATE ON SCHEMA privacy_jobs TO "${role}";`)
    await database.rows(`GRANT USAGE, CREATE ON SCHEMA privacy_jobs TO "${role}"`)
    const engine = engineOn(connection)
    await engine.start(handlers)
    await engine.stop()
    await expectHealthy(connection)
  })
})
