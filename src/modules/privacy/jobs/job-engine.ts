import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import PgBoss from "pg-boss"
import { QueueWorker } from "./queue-worker"

/** pg-boss keeps its tables in a schema of its own, apart from Medusa's. */
export const JOB_SCHEMA = "privacy_jobs"

/**
 * What wakes the work. The work itself lies in the tables: a lost or doubled wake-up costs nothing but time. What was asked on a customer page has a
 * queue and a worker of its own: nobody waits there until a bulk request of hours has ended.
 */
const QUEUES = ["privacy-request", "privacy-customer", "privacy-delivery", "privacy-tick", "privacy-index"] as const

type Queue = (typeof QUEUES)[number]

interface WakeUp {
  request_id?: string
}

type Handlers = Record<Queue, (data: WakeUp) => Promise<void>>

/** Every so many milliseconds a tick looks for work that lost its wake-up (a crash between commit and send, a due retry). */
const TICK = 60_000

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
  private workers = new Map<Queue, QueueWorker<WakeUp>[]>()
  private ticking?: NodeJS.Timeout
  private running = false
  private stopping = false

  constructor(connection: Knex, private readonly logger: Logger, private readonly works: boolean, private readonly concurrency: number) {
    this.boss = new PgBoss({
      db: onPool(connection),
      schema: JOB_SCHEMA,
      supervise: works,
      schedule: false,
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
      this.workers.set(queue, Array.from({ length: side }, () => new QueueWorker(this.boss, queue, handlers[queue], this.logger)))
    }
    // Each process ticks; of ticks that wait, the queue keeps one.
    this.ticking = setInterval(() => void this.wake("privacy-tick"), TICK).unref()
  }

  /**
   * Wakes workers. Called after the commit that made the work, so it never fails what was committed: if the process dies in between, or the
   * database is away at this moment, the tick finds it.
   *
   * @param data ids only
   */
  async wake(queue: Queue, data: WakeUp = {}): Promise<void> {
    if (!this.running) {
      return
    }
    try {
      await this.boss.send(queue, data, { singletonKey: data.request_id ?? queue })
      this.workers.get(queue)?.forEach((worker) => worker.wake())
    } catch (error) {
      this.logger.warn(`Privacy: a wake-up of ${queue} was lost; the next tick, within a minute, finds the work. ${(error as Error).message}`)
    }
  }

  /** True from the moment the process was told to end. */
  get isStopping(): boolean {
    return this.stopping
  }

  /** Lets running chunks come to their end, up to `timeout` milliseconds. */
  async stop(timeout = 25_000): Promise<void> {
    if (!this.running) {
      return
    }
    this.running = false
    this.stopping = true
    clearInterval(this.ticking)
    const workers = [...this.workers.values()].flat()
    let timer: NodeJS.Timeout | undefined
    await Promise.race([Promise.all(workers.map((worker) => worker.stop())), new Promise((resolve) => (timer = setTimeout(resolve, timeout)))])
    clearTimeout(timer)
    await this.boss.stop({ graceful: false, wait: true, close: false })
  }
}
