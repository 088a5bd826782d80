import type { Logger } from "@medusajs/framework/types"
import type PgBoss from "pg-boss"
import { safeMessage } from "./errors"

/** How often a worker that nobody woke looks for work, in milliseconds. */
const POLL = 1000

type Handler<T> = (data: T) => Promise<void>

/**
 * Takes jobs of one queue, one after the other. The queue's own workers do not wait for their database when a job ends, so that a database
 * which is away at that moment takes the whole process down with it; this one says so and goes on.
 */
export class QueueWorker<T extends object> {
  private stopping = false
  private woken = false
  private rouse = () => {}
  /** The job this worker took, until the queue knows how it ended: one that could not be reported is done again, which does no harm. */
  private inHand?: PgBoss.Job<T>
  private readonly ended: Promise<void>

  constructor(
    private readonly boss: PgBoss,
    private readonly queue: string,
    private readonly handler: Handler<T>,
    private readonly logger: Logger
  ) {
    this.ended = this.loop()
  }

  /** Looks for work at once. */
  wake(): void {
    this.woken = true
    this.rouse()
  }

  /** Resolves when the job in hand, if any, has come to its end. */
  async stop(): Promise<void> {
    this.stopping = true
    this.rouse()
    await this.ended
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      this.woken = false
      const worked = await this.work().catch((error: Error) => {
        this.logger.warn(`Privacy: the queue ${this.queue} could not be reached; it is tried again. ${error.message}`)
        return false
      })
      if (!worked) {
        await this.rest()
      }
    }
  }

  /** @returns true when there was a job */
  private async work(): Promise<boolean> {
    this.inHand ??= (await this.boss.fetch<T>(this.queue))[0]
    if (!this.inHand) {
      return false
    }
    const { id, data } = this.inHand
    const failure = await this.handler(data ?? ({} as T)).then(
      () => undefined,
      (error: Error) => error
    )
    if (failure) {
      this.logger.warn(`Privacy: a job of ${this.queue} failed and is tried again. ${safeMessage(failure)}`)
    }
    await (failure ? this.boss.fail(this.queue, id, { message: failure.name }) : this.boss.complete(this.queue, id))
    this.inHand = undefined
    return true
  }

  private async rest(): Promise<void> {
    if (this.stopping || this.woken) {
      return
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL)
      this.rouse = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.rouse = () => {}
  }
}
