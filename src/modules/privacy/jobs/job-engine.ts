import { setTimeout as wait } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import PgBoss from "pg-boss"
import { runAlone } from "../database/session"
import { provideJobSchema } from "./job-schema"
import { isTransient } from "./errors"
import { QueueWorker } from "./queue-worker"

/**
 * What wakes the work. The work itself lies in the tables: a lost or doubled wake-up costs nothing but time. Erasures and extracts that were
 * asked for on a customer page have a queue and a worker each: an erasure there waits neither for a bulk request of hours, nor for an extract that
 * asks a slow destination.
 */
const QUEUES = ["privacy-request", "privacy-customer", "privacy-extract", "privacy-delivery", "privacy-tick", "privacy-index"] as const

type Queue = (typeof QUEUES)[number]

/** The queue a request belongs to. */
export function queueOf({ type, origin }: { type: string; origin: string }): Queue {
  if (origin !== "customer_page") {
    return "privacy-request"
  }
  return type === "access" ? "privacy-extract" : "privacy-customer"
}

interface WakeUp {
  request_id?: string
}

type Handlers = Record<Queue, (data: WakeUp) => Promise<void>>

/** Workers have come to their end before, or never began; the connections belong to the pool. */
const AT_ONCE = { graceful: false, wait: true, close: false }

/** How often a queue is tried again that two processes create at once: each waits for the other's lock on the table of jobs. */
const QUEUE_TRIES = 10

/** Creates the queues that are missing. */
async function createQueues(boss: PgBoss): Promise<void> {
  const present = new Set((await boss.getQueues()).map(({ name }) => name))
  for (const queue of QUEUES.filter((name) => !present.has(name))) {
    await createQueue(boss, queue)
  }
}

async function createQueue(boss: PgBoss, queue: Queue): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      // "short": at most one wake-up waits per key, however often it is sent.
      return await boss.createQueue(queue, { name: queue, policy: "short" })
    } catch (error) {
      if (!isTransient(error) || tries === QUEUE_TRIES) {
        throw error
      }
      await wait(Math.random() * 200)
    }
  }
}

/**
 * Creates the job queue with everything in it, as the database role that migrates; a role that only works it off needs no right to create then.
 *
 * @throws MedusaError UNEXPECTED_STATE that says which right is missing
 */
export async function installJobQueue(connection: Knex): Promise<void> {
  const boss = new PgBoss({ db: onPool(connection), schema: await provideJobSchema(connection), supervise: false, schedule: false })
  await boss.start()
  try {
    await createQueues(boss)
  } finally {
    await boss.stop(AT_ONCE)
  }
}

/** Every so many milliseconds a tick looks for work that lost its wake-up (a crash between commit and send, a due retry). */
const TICK = 60_000

/** pg-boss on Medusa's own connection pool: no second set of connections to size and watch. */
const onPool = (connection: Knex): PgBoss.Db => ({
  // Of several statements in one text only the last one answers; pg-boss relies on that.
  executeSql: (text, values) => runAlone(connection, text, values),
})

/**
 * The queue behind background work, shared by all Medusa instances on one database. Instances in `server` mode only send; `shared` and
 * `worker` instances also work.
 */
export class JobEngine {
  private boss?: PgBoss
  private workers = new Map<Queue, QueueWorker<WakeUp>[]>()
  private ticking?: NodeJS.Timeout
  private running = false
  private stopping = false

  constructor(
    private readonly connection: Knex,
    private readonly logger: Logger,
    private readonly works: boolean,
    private readonly concurrency: number
  ) {}

  /**
   * Can be called again after it failed.
   *
   * @throws MedusaError UNEXPECTED_STATE that says which right to the queue's schema is missing
   */
  async start(handlers: Handlers): Promise<void> {
    const boss = await this.open(await provideJobSchema(this.connection))
    this.boss = boss
    this.running = true
    if (!this.works) {
      return
    }
    const concurrency = this.fittingConcurrency()
    for (const queue of QUEUES) {
      const side = queue === "privacy-request" ? concurrency : 1
      this.workers.set(queue, Array.from({ length: side }, () => new QueueWorker(boss, queue, handlers[queue], this.logger)))
    }
    // Each process ticks; of ticks that wait, the queue keeps one.
    this.ticking = setInterval(() => void this.wake("privacy-tick"), TICK).unref()
  }

  /** Each worker keeps one connection while it works; the shop needs the others. */
  private fittingConcurrency(): number {
    const { max } = (this.connection.client as { pool: { max: number } }).pool
    const fitting = Math.max(1, Math.min(this.concurrency, Math.floor(max / 2)))
    if (fitting < this.concurrency || max < QUEUES.length) {
      this.logger.warn(
        `Privacy: the database pool has ${max} connections, and each of the plugin's workers keeps one while it works. ` +
          `Bulk requests are worked off by ${fitting} at a time. Raise databaseDriverOptions.pool.max to ${QUEUES.length + 2 * this.concurrency} or more.`
      )
    }
    return fitting
  }

  private async open(schema: string): Promise<PgBoss> {
    const boss = new PgBoss({
      db: onPool(this.connection),
      schema,
      supervise: this.works,
      schedule: false,
      retryLimit: 5,
      retryBackoff: true,
      expireInHours: 23,
      archiveCompletedAfterSeconds: 3600,
      deleteAfterDays: 7,
    })
    boss.on("error", (error) => this.logger.warn(`Privacy: the job queue reports: ${error.message}`))
    try {
      await boss.start()
      await createQueues(boss)
    } catch (error) {
      await boss.stop(AT_ONCE).catch(() => {})
      throw error
    }
    return boss
  }

  /**
   * Wakes workers. Called after the commit that made the work, so it never fails what was committed: if the process dies in between, or the
   * database is away at this moment, the tick finds it.
   *
   * @param data ids only
   */
  async wake(queue: Queue, data: WakeUp = {}): Promise<void> {
    if (!this.running || !this.boss) {
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
    this.stopping = true
    if (!this.running) {
      return
    }
    this.running = false
    clearInterval(this.ticking)
    const workers = [...this.workers.values()].flat()
    let timer: NodeJS.Timeout | undefined
    await Promise.race([Promise.all(workers.map((worker) => worker.stop())), new Promise((resolve) => (timer = setTimeout(resolve, timeout)))])
    clearTimeout(timer)
    await this.boss?.stop(AT_ONCE)
  }
}
