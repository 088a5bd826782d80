import { setTimeout as wait } from "node:timers/promises"
import { isConnectionLost, isTransient } from "./errors"

/** How often the same chunk is tried again after a deadlock or a serialization failure before it is split. */
const TRANSIENT_TRIES = 5

/** One attempt at a chunk. */
export interface Chunk<T> {
  /** The most the attempt may take. */
  limit: number
  /** What the attempt took; it is set before anything that can fail is done with it. */
  claimed: T[]
}

/**
 * Works chunks off so that one item cannot hold up the others: a chunk that fails is halved until the item that makes it fail stands alone, and
 * that one is parked. What fails by chance (a deadlock, a serialization failure) is first tried again as it is. After each success the chunks
 * grow again.
 */
export class SplitOnFailure<T> {
  private size: number
  private tries = 0

  /**
   * @param largest the size to begin with, and to grow back to
   * @param park takes an item that fails by itself out of the work
   * @param isFinal true for an error that no smaller chunk would help against
   */
  constructor(
    private readonly largest: number,
    private readonly park: (item: T, error: unknown) => Promise<unknown>,
    private readonly isFinal: (error: unknown) => boolean = () => false
  ) {
    this.size = largest
  }

  /**
   * Repeats `attempt` until it succeeds.
   *
   * @returns what the attempt returned
   * @throws what broke the connection, what failed before anything was taken, and what is final
   */
  async run<R>(attempt: (chunk: Chunk<T>) => Promise<R>): Promise<R> {
    for (;;) {
      const chunk: Chunk<T> = { limit: this.size, claimed: [] }
      try {
        const result = await attempt(chunk)
        if (chunk.claimed.length) {
          this.tries = 0
          this.size = Math.min(this.largest, this.size * 2)
        }
        return result
      } catch (error) {
        if (this.isFinal(error) || isConnectionLost(error) || !chunk.claimed.length) {
          throw error
        }
        await this.prepareAnother(chunk.claimed, error)
      }
    }
  }

  private async prepareAnother(claimed: T[], error: unknown): Promise<void> {
    if (isTransient(error) && this.tries < TRANSIENT_TRIES) {
      this.tries += 1
      await wait(Math.random() * 50 * 2 ** this.tries)
      return
    }
    this.tries = 0
    if (claimed.length > 1) {
      this.size = Math.ceil(claimed.length / 2)
    } else {
      await this.park(claimed[0], error)
    }
  }
}
