import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import PgBoss from "pg-boss"

/** pg-boss keeps its tables in a schema of its own, apart from Medusa's. */
export const JOB_SCHEMA = "privacy_jobs"

/** What wakes the work. The work itself lies in the tables: a lost or doubled wake-up costs nothing but time. */
const QUEUES = ["privacy-request", "privacy-delivery", "privacy-tick", "privacy-index"] as const

type Queue = (typeof QUEUES)[number]

type Handlers = Record<Queue, (data: { request_id?: string }) => Promise<void>>

/** Looks for work that lost its wake-up (a crash between commit and send, a due retry), every minute. */
const TICK = "* * * * *"

interface RawConnection {
  query(query: { text: string; values?: unknown[] }): Promise<{ rows: unknown[] } | { rows: unknown[] }[]>
}

/** pg-boss on Medusa's own connection pool: no second set of connections to size and watch. */
const onPool = (connection: Knex): PgBoss.Db => ({
  async executeSql(text, values) {
    const pool = connection.client as unknown as {
      acquireConnection(): Promise<RawConnection>
      releaseConnection(raw: RawConnection): Promise<void>
    }
    const raw = await pool.acquireConnection()
    try {
      const answer = await raw.query(values?.length ? { text, values } : { text })
      return Array.isArray(answer) ? (answer[answer.length - 1] as { rows: unknown[] }) : (answer as { rows: unknown[] })
    } finally {
      await pool.releaseConnection(raw)
    }
  },
})

/**
 * The queue behind background work, shared by all Medusa instances on one database. Instances in `server` mode only send; `shared` and
 * `worker` instances also work.
 */
export class JobEngine {
  private readonly boss: PgBoss
  private workers = new Map<Queue, string[]>()
  private running = false

  constructor(connection: Knex, private readonly logger: Logger, private readonly works: boolean, private readonly concurrency: number) {
    this.boss = new PgBoss({
      db: onPool(connection),
      schema: JOB_SCHEMA,
      supervise: works,
      schedule: works,
      retryLimit: 5,
      retryBackoff: true,
      expireInHours: 23,
      archiveCompletedAfterSeconds: 3600,
      deleteAfterDays: 7,
    })
    this.boss.on("error", (error) => this.logger.warn(`Privacy: the job queue reports: ${error.message}`))
  }

  async start(handlers: Handlers): Promise<void> {
    await this.boss.start()
    for (const queue of QUEUES) {
      // "short": at most one wake-up waits per key, however often it is sent.
      await this.boss.createQueue(queue, { name: queue, policy: "short" })
    }
    this.running = true
    if (!this.works) {
      return
    }
    for (const queue of QUEUES) {
      const side = queue === "privacy-request" ? this.concurrency : 1
      for (let lane = 0; lane < side; lane += 1) {
        const worker = await this.boss.work<{ request_id?: string }>(queue, { pollingIntervalSeconds: 1 }, async (jobs) => {
          for (const { data } of jobs) {
            await handlers[queue](data ?? {})
          }
        })
        this.workers.set(queue, [...(this.workers.get(queue) ?? []), worker])
      }
    }
    await this.boss.schedule("privacy-tick", TICK)
  }

  /**
   * Wakes workers. Called after the commit that made the work: if the process dies in between, the tick finds it.
   *
   * @param data ids only
   */
  async wake(queue: Queue, data: { request_id?: string } = {}): Promise<void> {
    if (!this.running) {
      return
    }
    await this.boss.send(queue, data, { singletonKey: data.request_id ?? queue })
    this.workers.get(queue)?.forEach((worker) => this.boss.notifyWorker(worker))
  }

  /** Lets running chunks come to their end, up to `timeout` milliseconds. */
  async stop(timeout = 25_000): Promise<void> {
    if (this.running) {
      this.running = false
      await this.boss.stop({ graceful: true, wait: true, timeout, close: false })
    }
  }
}
