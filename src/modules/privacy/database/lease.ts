import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { tryLockSql } from "./locks"
import { holdConnection, lastOf, send, Session, type RawConnection } from "./session"

/** Milliseconds between two signs of life. */
const HEARTBEAT = 20_000

/** How long the server waits for a sign of life before it gives the lock to others. The shop's own limit may be shorter than a chunk takes. */
const PATIENCE = "SET LOCAL idle_in_transaction_session_timeout = '5min'"

/** Another worker has the lock by now. */
export class LeaseLost extends Error {}

/**
 * One connection on which transactions follow one another under one lock. The lock belongs to the transaction (one of a session would stay with a
 * connection pooler), so it is taken again in the round trip that ends the transaction before; where another worker comes in between, or the
 * connection breaks, the lease is lost, and each further transaction says so.
 */
export class Lease {
  private lost = false
  private readonly next: string

  private constructor(private readonly raw: RawConnection, lock: string) {
    this.next = `BEGIN; ${PATIENCE}; ${tryLockSql(lock)}`
  }

  /**
   * Runs `work` under the lock, on one connection from beginning to end.
   *
   * @param connection Medusa's knex connection (`ContainerRegistrationKeys.PG_CONNECTION`)
   * @returns false where another worker has the lock
   * @throws what `work` throws, LeaseLost too
   */
  static hold(connection: Knex, lock: string, work: (lease: Lease) => Promise<void>): Promise<boolean> {
    return holdConnection(connection, async (raw) => {
      const lease = new Lease(raw, lock)
      if (!(await lease.begin("")).mine) {
        return false
      }
      // What breaks the connection meanwhile is seen by the next statement.
      const heartbeat = setInterval(() => void send(raw, "SELECT 1").catch(() => {}), HEARTBEAT)
      try {
        await work(lease)
      } finally {
        clearInterval(heartbeat)
      }
      return true
    })
  }

  /**
   * Runs `work` in a transaction of its own and commits it; any error rolls it back and is thrown on.
   *
   * @throws LeaseLost before `work` begins, or after its commit
   */
  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    // Begun anew: the one that only held the lock may be minutes old, and its clock with it.
    await this.renew("COMMIT")
    let answer: T
    try {
      answer = await work(new Session(this.raw))
    } catch (error) {
      await this.renew("ROLLBACK")
      throw error
    }
    await this.renew("COMMIT")
    return answer
  }

  private async renew(end: "COMMIT" | "ROLLBACK"): Promise<void> {
    if (this.lost || !(await this.begin(`${end}; `)).mine) {
      this.lost = true
      throw new LeaseLost("Another worker has taken over.")
    }
  }

  private async begin(end: string): Promise<{ mine: boolean }> {
    return lastOf<{ mine: boolean }>(await send(this.raw, `${end}${this.next}`)).rows[0]
  }
}
