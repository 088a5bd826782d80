import { randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { inTransaction, type Session } from "../database/session"
import { safeMessage } from "./errors"
import { claimDeliveries, recordSteps, renewLease, restLane, usedQuota, waitingLanes, type Delivery, type Step } from "./outbox"

/** Brings deliveries of one lane to where they belong. What went wrong is part of the step. */
export interface Courier {
  /** The most deliveries taken at once; also what one call that hangs can keep waiting. */
  batch: number
  /** Seconds after which another worker may take the batch, counted from the last sign of life of the one that has it. */
  lease: number
  /** True when a delivery that was lost with its worker, once more, is not to be tried again. */
  isSpent(delivery: Delivery): boolean
  /** Steps as they come: what is together is written down together, and what is done first is not kept waiting by the rest. */
  deliver(deliveries: Delivery[]): Promise<Step[]>[]
  quota?: { subjects: number; days: number }
}

/** The courier of a lane, or null where there is none any more. */
export type CourierOf = (lane: string) => Courier | null

/** Milliseconds: between two looks at the outbox; and at most, so that what other processes queue or leave behind is seen. */
const SOONEST = 200
const LATEST = 30_000

/** Milliseconds: a call that takes longer is taken to hang, and its lease is left to run out. */
const LONGEST_CALL = 3_600_000

const lostForGood = (delivery: Delivery): Step => ({
  delivery,
  status: "failed",
  next: null,
  counts: false,
  error: `${delivery.attempts} times it was begun and not brought to an end. Look for what stops the worker, then retry.`,
  progress: delivery.progress,
  result: delivery.result,
})

/**
 * Delivers what is due. Each lane (a webhook, a destination) is worked by itself: one that is slow or down holds up no other. Several
 * processes share the lanes; what keeps them apart is the lease of each delivery.
 */
export class Dispatcher {
  private readonly running = new Map<string, Promise<void>>()
  private timer: NodeJS.Timeout | null = null
  private stopping = false
  private readonly orphans = new Set<string>()

  constructor(private readonly connection: Knex, private readonly courierOf: CourierOf, private readonly logger: Logger) {}

  /** Starts every lane that has something due, and remembers when the next one has. */
  async pump(): Promise<void> {
    if (this.stopping) {
      return
    }
    let wait = LATEST
    for (const { lane, due_in } of await inTransaction(this.connection, waitingLanes)) {
      const courier = this.courierOf(lane)
      if (!courier) {
        this.reportOrphan(lane)
      } else if (this.running.has(lane)) {
        // It looks again by itself when it has come to its end.
      } else if (due_in <= 0) {
        this.start(lane, courier)
      } else {
        wait = Math.min(wait, due_in * 1000)
      }
    }
    this.lookAgain(wait)
  }

  /** Lets the calls under way come to their end, up to `timeout` milliseconds; what is cut off is due again when its lease ends. */
  async stop(timeout = 25_000): Promise<void> {
    this.stopping = true
    if (this.timer) {
      clearTimeout(this.timer)
    }
    let limit: NodeJS.Timeout | undefined
    const late = new Promise((resolve) => (limit = setTimeout(resolve, timeout)))
    await Promise.race([Promise.all(this.running.values()), late])
    clearTimeout(limit)
  }

  private lookAgain(wait: number): void {
    if (this.stopping) {
      return
    }
    if (this.timer) {
      clearTimeout(this.timer)
    }
    this.timer = setTimeout(() => {
      this.pump().catch((error) => {
        this.logger.warn(`Privacy: the outbox could not be read and is looked at again. ${safeMessage(error)}`)
        this.lookAgain(LATEST / 10)
      })
    }, Math.max(SOONEST, wait))
    this.timer.unref()
  }

  private start(lane: string, courier: Courier): void {
    const work = this.work(lane, courier)
      .catch((error) => this.logger.warn(`Privacy: deliveries of "${lane}" were interrupted and will be taken up again. ${safeMessage(error)}`))
      .finally(() => {
        this.running.delete(lane)
        this.lookAgain(SOONEST)
      })
    this.running.set(lane, work)
  }

  private async work(lane: string, courier: Courier): Promise<void> {
    while (!this.stopping) {
      const token = randomUUID()
      const deliveries = await inTransaction(this.connection, (session) => claim(session, lane, token, courier))
      if (!deliveries.length) {
        return
      }
      const spent = deliveries.filter((delivery) => delivery.lost && courier.isSpent(delivery))
      const rest = deliveries.filter((delivery) => !spent.includes(delivery))
      const calls = [...(spent.length ? [Promise.resolve(spent.map(lostForGood))] : []), ...(rest.length ? courier.deliver(rest) : [])]
      const heartbeat = this.keepAlive(token, rest, courier.lease)
      const recorded = calls.map(async (group) => {
        const steps = await group
        await inTransaction(this.connection, (session) => recordSteps(session, token, steps))
      })
      const ends = await Promise.allSettled(recorded)
      clearInterval(heartbeat)
      const failed = ends.find((one) => one.status === "rejected")
      if (failed) {
        throw failed.reason
      }
    }
  }

  /** A call may take longer than its lease: as long as this process lives, and no longer than a hung call deserves, nobody else takes the batch. */
  private keepAlive(token: string, deliveries: Delivery[], lease: number): NodeJS.Timeout {
    const until = performance.now() + LONGEST_CALL
    const heartbeat = setInterval(() => {
      if (performance.now() > until) {
        clearInterval(heartbeat)
        return
      }
      inTransaction(this.connection, (session) => renewLease(session, token, deliveries, lease)).catch((error) =>
        this.logger.warn(`Privacy: a lease of the outbox was not renewed. ${safeMessage(error)}`)
      )
    }, (lease * 1000) / 3)
    return heartbeat
  }

  private reportOrphan(lane: string): void {
    if (!this.orphans.has(lane)) {
      this.orphans.add(lane)
      this.logger.warn(`Privacy: deliveries wait for the destination "${lane}", which is not among the options. Put it back, or abandon them.`)
    }
  }
}

/** Takes what is due; of what is new only as much as the destination's quota leaves. */
async function claim(session: Session, lane: string, token: string, { batch, lease, quota }: Courier): Promise<Delivery[]> {
  if (!quota) {
    return claimDeliveries(session, lane, token, { limit: batch, lease })
  }
  const { used, room_in } = await usedQuota(session, lane, quota.days)
  const room = Math.max(0, quota.subjects - used)
  const known = await claimDeliveries(session, lane, token, { limit: batch, lease, which: "handed_over" })
  const fresh = await claimDeliveries(session, lane, token, { limit: Math.min(room, batch - known.length), lease, which: "new" })
  if (!room) {
    await restLane(session, lane, room_in, true)
  }
  return [...known, ...fresh]
}
