import { setTimeout as wait } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { abandonFiles, nextPart, noteFile, Outdated, sealFile } from "../archives/files"
import { Part } from "../archives/part"
import { StorageRefused } from "../archives/storage"
import { Lease, LeaseLost } from "../database/lease"
import { LOCK } from "../database/locks"
import type { Session } from "../database/session"
import type { Environment } from "../erasure/erasure-request"
import { planExtract } from "../extraction/plan"
import type { Question } from "../extraction/recipients"
import type { Gate } from "../jobs/chunk-runner"
import { isConnectionLost, isTransient, safeMessage } from "../jobs/errors"
import { SplitOnFailure, type Chunk } from "../jobs/split-on-failure"
import { DestinationAsker, noteMissing } from "./ask-destinations"
import { extractChunk, type ChunkState, type ExtractJob } from "./extract-chunk"
import { hasWork, parkSubject, type Claimed, type ExtractRequest } from "./extract-state"
import { stopRequest } from "./stop-request"

/** How many customers are read in one transaction. */
const MOST_AT_ONCE = 1000

/** The same where destinations are asked: each answer takes longer than all rows together, and a stop takes effect between chunks. */
const MOST_ASKED_AT_ONCE = 10

const THROTTLE_PAUSE = 1000

/** A subject that cannot be read, found when part of its chunk was written already. */
class Unreadable extends Error {
  constructor(readonly subject: Claimed, readonly reason: unknown) {
    super()
  }
}

/** No smaller chunk helps: the archive is to be begun anew, or the whole extract cannot go on. */
const isFinal = (error: unknown) =>
  error instanceof Outdated || error instanceof Unreadable || error instanceof StorageRefused || error instanceof LeaseLost

/**
 * Works an extract off: one archive from here to the end, or to a stop, or until it is full. A worker that dies leaves an archive that was never
 * completed; the next one removes it and begins it anew.
 *
 * @throws whatever broke the connection; everything else ends as state of the request or of a subject
 */
export async function runExtract(
  connection: Knex,
  environment: Environment,
  request: ExtractRequest,
  { logger, gate }: { logger: Logger; gate?: Gate }
): Promise<void> {
  const plan = planExtract(environment.map, environment.options.extracts.redact_others)
  const job = { environment, plan, request, asker: new DestinationAsker(environment.destinations) }
  try {
    await Lease.hold(connection, LOCK.extract(request.id), async (lease) => {
      await lease.transaction((session) => abandonFiles(session, request.id))
      const run = new ExtractRun(job, logger, gate, lease)
      while (await run.writePart()) {
        // One archive after the other.
      }
    })
  } catch (error) {
    if (!(error instanceof LeaseLost)) {
      throw error
    }
    logger.warn(`Privacy: extract ${request.id} was taken over by another worker.`)
  }
}

class ExtractRun {
  private readonly request: ExtractRequest
  private readonly chunks: SplitOnFailure<Claimed>
  /** The last subject taken. */
  private after = ""

  constructor(
    private readonly job: ExtractJob,
    private readonly logger: Logger,
    private readonly gate: Gate | undefined,
    private readonly lease: Lease
  ) {
    this.request = job.request
    const most = Math.min(job.asker.asks ? MOST_ASKED_AT_ONCE : MOST_AT_ONCE, job.environment.options.chunk_size)
    this.chunks = new SplitOnFailure(most, (subject, error) => this.park(subject, error), isFinal)
  }

  /** All on the connection that holds the lease: an extract of hours keeps one, and no worker waits for a second one. */
  private transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.lease.transaction(work)
  }

  /** @returns true when there may be more to write */
  async writePart(): Promise<boolean> {
    const { id, reference, format } = this.request
    const { plan, environment: { options } } = this.job
    if (!(await this.transaction((session) => hasWork(session, id)))) {
      return false
    }
    const { number, now } = await this.transaction((session) => nextPart(session, id))
    let part: Part | null = null
    this.after = ""
    try {
      part = await Part.begin(number, now, options)
      const { id: fileId, storageKey, wrappedKey } = part
      const name = `extract-${reference}${number > 1 ? `-${number}` : ""}.zip`
      await this.transaction((session) => noteFile(session, { id: fileId, requestId: id, part: number, name, format, storageKey, wrappedKey }))
      let more = true
      while (more && !part.isFull) {
        more = await this.writeChunk(part)
      }
      if (!part.subjects) {
        await this.giveUp(part)
        return false
      }
      const stored = await part.end(plan, options, this.request)
      const { expires_days: expiresDays } = options.extracts
      await this.transaction((session) => sealFile(session, { id: fileId, requestId: id, ...stored, expiresDays, actor: this.request.actor }))
      return more
    } catch (error) {
      await this.giveUp(part)
      return this.afterFailure(error)
    }
  }

  private async giveUp(part: Part | null) {
    await part?.abort()
    await this.transaction((session) => abandonFiles(session, this.request.id))
  }

  /** @returns true to begin the archive anew */
  private async afterFailure(error: unknown): Promise<boolean> {
    if (error instanceof Outdated) {
      return true
    }
    if (error instanceof Unreadable) {
      await this.park(error.subject, error.reason)
      return true
    }
    if (error instanceof StorageRefused) {
      this.logger.error(`Privacy: extract ${this.request.id} was stopped. ${error.message}`)
      await this.transaction((session) => stopRequest(session, this.request.id, error.message, "storage"))
      return false
    }
    throw error
  }

  /** @returns false when there is nothing left that this worker may take */
  private async writeChunk(part: Part): Promise<boolean> {
    for (;;) {
      // Of one extract there is one worker: what it counts is what was done.
      const allowed = this.gate ? await this.transaction(this.gate) : Infinity
      if (allowed === null) {
        return false
      }
      if (allowed <= 0) {
        await wait(THROTTLE_PAUSE)
        // Whoever stops it meanwhile wants what there is.
        if (!(await this.transaction((session) => hasWork(session, this.request.id)))) {
          return false
        }
        continue
      }
      const { after } = this
      const state = await this.chunks.run((chunk) => this.extract(part, { after, limit: Math.min(chunk.limit, allowed) }, chunk))
      // From the top once more: meanwhile somebody may have been taken up again, or was locked by whoever looked at them.
      this.after = state.last ?? ""
      if (!state.last && after) {
        continue
      }
      await this.ask(part, state.questions)
      return Boolean(state.last)
    }
  }

  private async extract(part: Part, page: { after: string; limit: number }, chunk: Chunk<Claimed>): Promise<ChunkState> {
    const state: ChunkState = { claimed: [], last: null, writing: null, questions: [] }
    try {
      await this.transaction((session) => extractChunk(session, this.job, part, page, state))
    } catch (error) {
      if (state.writing && !isFinal(error) && !isConnectionLost(error)) {
        // Half of the chunk stands in the archive: it cannot be taken out again.
        throw isTransient(error) ? new Outdated() : new Unreadable(state.writing, error)
      }
      throw error
    } finally {
      chunk.claimed = state.claimed
    }
    return state
  }

  /** After the commit, since no transaction waits for a network: what the destinations hold goes into the archive beside what the shop holds. */
  private async ask(part: Part, questions: Question[]) {
    const missing = await this.job.asker.ask(part, questions)
    if (missing.size) {
      await this.transaction((session) => noteMissing(session, part.id, missing))
    }
    const { down } = this.job.asker
    if (down.length) {
      const message = `${down.map((id) => `"${id}"`).join(", ")} could not be asked what it holds on the customers. Resume the extract when it answers again.`
      await this.transaction(async (session) => {
        if (await hasWork(session, this.request.id)) {
          this.logger.error(`Privacy: extract ${this.request.id} was stopped. ${message}`)
          await stopRequest(session, this.request.id, message, "destination")
        }
      })
    }
  }

  private async park(subject: Claimed, error: unknown) {
    this.logger.error(`Privacy: subject ${subject.id} of request ${this.request.id} was parked: ${safeMessage(error)}`)
    await this.transaction((session) => parkSubject(session, this.request.id, subject, error))
  }
}
