import { setTimeout as wait } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { abandonFiles, nextPart, noteFile, noteProgress, Outdated, sealFile } from "../archives/files"
import { Part } from "../archives/part"
import { StorageRefused } from "../archives/storage"
import { recordAudit, SYSTEM, type Actor, type AuditEvent } from "../audit/record"
import { inTransaction, type Session } from "../database/session"
import { SCOPE } from "../data-map/live-map"
import { collectIdentifiers } from "../destinations/identifiers"
import type { Environment } from "../erasure/erase-chunk"
import { writeCustomer, type ExtractFormat } from "../extraction/customer-files"
import { personName, personNameAmongMany } from "../extraction/file-names"
import { FILL_NAMES, planExtract, type ExtractPlan } from "../extraction/plan"
import type { Question } from "../extraction/recipients"
import { RowReader } from "../extraction/row-reader"
import type { Gate } from "../jobs/chunk-runner"
import { isConnectionLost, isTransient, safeMessage } from "../jobs/errors"
import { queueDeliveries } from "../jobs/outbox"
import { FOOTPRINTS, openScope, resolveScope } from "../subjects/scope"
import { DestinationAsker, noteMissing } from "./ask-destinations"

/** What an extract needs to know of its request. */
export interface ExtractRequest {
  id: string
  reference: string
  format: ExtractFormat
  language: string
  /** One customer on its page: the file is called by the name alone. */
  single: boolean
  actor: Actor
}

/** A subject row as claimed. */
interface Claimed {
  id: string
  customer_id: string
}

/** How many customers are read in one transaction. Their rows pass through a cursor and are never all in memory. */
const MOST_AT_ONCE = 1000

/** The same where destinations are asked: each answer takes longer than all rows together, and a stop takes effect between chunks. */
const MOST_ASKED_AT_ONCE = 10

/** How often the same chunk is tried again after a deadlock before it is split. */
const TRANSIENT_TRIES = 5

const THROTTLE_PAUSE = 1000

/** What happens in the transaction of a chunk, as far as others must know. */
interface ChunkState {
  claimed: Claimed[]
  writing: Claimed | null
  questions: Question[]
}

/** A subject that cannot be read, found when part of its chunk was written already. */
class Unreadable extends Error {
  constructor(readonly subject: Claimed, readonly reason: unknown) {
    super()
  }
}

/** The lease of an extract: one worker at a time, until this transaction ends or its connection breaks. */
export async function takeLease(session: Session, requestId: string): Promise<boolean> {
  const { rows } = await session.run<{ mine: boolean }>("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine", [`privacy-extract:${requestId}`])
  return rows[0].mine
}

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
  await inTransaction(connection, async (lease) => {
    if (!(await takeLease(lease, request.id))) {
      return
    }
    await inTransaction(connection, (session) => abandonFiles(session, request.id))
    const run = new ExtractRun(connection, environment, plan, request, logger, gate, lease)
    while (await run.writePart()) {
      // One archive after the other.
    }
  })
}

class ExtractRun {
  private readonly asker: DestinationAsker
  private readonly most: number
  private size: number

  constructor(
    private readonly connection: Knex,
    private readonly environment: Environment,
    private readonly plan: ExtractPlan,
    private readonly request: ExtractRequest,
    private readonly logger: Logger,
    private readonly gate: Gate | undefined,
    private readonly lease: Session
  ) {
    this.asker = new DestinationAsker(environment.destinations)
    this.most = Math.min(this.asker.asks ? MOST_ASKED_AT_ONCE : MOST_AT_ONCE, environment.options.chunk_size)
    this.size = this.most
  }

  private transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return inTransaction(this.connection, work)
  }

  /** @returns true when there may be more to write */
  async writePart(): Promise<boolean> {
    const { id, reference, format } = this.request
    if (!(await this.transaction((session) => hasWork(session, id)))) {
      return false
    }
    const { number, now } = await this.transaction((session) => nextPart(session, id))
    let part: Part | null = null
    try {
      part = await Part.begin(number, now, this.environment.options)
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
      const stored = await part.end(this.plan, this.environment.options, this.request)
      const { expires_days: expiresDays } = this.environment.options.extracts
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
      await this.transaction((session) => stopRequest(session, this.request, error.message, "storage"))
      return false
    }
    throw error
  }

  /** @returns false when there is nothing left that this worker may take */
  private async writeChunk(part: Part): Promise<boolean> {
    for (let tries = 0; ; ) {
      await this.lease.run("SELECT 1")
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
      const state: ChunkState = { claimed: [], writing: null, questions: [] }
      let more: boolean
      try {
        more = await this.transaction((session) => this.readChunk(session, part, Math.min(this.size, allowed), state))
      } catch (error) {
        if (error instanceof Outdated || error instanceof StorageRefused || isConnectionLost(error) || !state.claimed.length) {
          throw error
        }
        if (state.writing) {
          // Half of the chunk stands in the archive: it cannot be taken out again.
          throw isTransient(error) ? new Outdated() : new Unreadable(state.writing, error)
        }
        if (isTransient(error) && tries < TRANSIENT_TRIES) {
          tries += 1
          await wait(Math.random() * 50 * 2 ** tries)
        } else if (state.claimed.length > 1) {
          tries = 0
          this.size = Math.ceil(state.claimed.length / 2)
        } else {
          tries = 0
          await this.park(state.claimed[0], error)
        }
        continue
      }
      this.size = Math.min(this.most, this.size * 2)
      await this.ask(part, state.questions)
      return more
    }
  }

  private async readChunk(session: Session, part: Part, limit: number, state: ChunkState): Promise<boolean> {
    const { found, claimed } = await claimSubjects(session, this.request, part.id, limit)
    state.claimed = claimed
    if (!claimed.length) {
      return found > 0
    }
    const { map } = this.environment
    await session.runAll(["SET LOCAL TimeZone = 'UTC'"])
    await openScope(session, claimed.map(({ customer_id }, number) => ({ number, customerId: customer_id, pseudonym: "" })), "")
    await resolveScope(session, map.entries, claimed.length, { shared: true })
    await session.runAll(FILL_NAMES)
    const people = await readPeople(session)
    const recipients = await readRecipients(session, this.plan)
    if (this.asker.asks) {
      const identifiers = await collectIdentifiers(session, map.schema)
      state.questions = people.flatMap((person) =>
        this.asker.questionsOf(identifiers.get(person.subject), {
          subjectId: claimed[person.subject].id,
          name: this.nameOf(person),
          head: { customer_id: person.customer_id, reference: this.request.reference },
        })
      )
    }
    await noteFootprints(session, map.entries, part.id)
    const reader = new RowReader(session)
    await reader.open(this.plan.rowsSql)
    const extractedAt = new Date().toISOString()
    for (const person of people) {
      const { subject, customer_id } = person
      state.writing = claimed[subject]
      const passedTo = recipients.get(subject) ?? []
      passedTo.forEach(({ kind, recipient }) => part.notePassedTo(kind, recipient))
      await writeCustomer(part.zip, {
        plan: this.plan,
        format: this.request.format,
        name: this.nameOf(person),
        head: { customer_id, reference: this.request.reference, extracted_at: extractedAt, passed_to: passedTo },
        subject,
        reader,
        counts: part.counts,
      })
      part.subjects += 1
    }
    await reader.close()
    await noteProgress(session, part.id, part.subjects)
    return true
  }

  /** Of the customer's file or folder in the archive. */
  private nameOf({ customer_id, first_name, last_name }: Person): string {
    return this.request.single ? personName(first_name, last_name) : `customers/${personNameAmongMany(first_name, last_name, customer_id)}`
  }

  /** After the commit, since no transaction waits for a network: what the destinations hold goes into the archive beside what the shop holds. */
  private async ask(part: Part, questions: Question[]) {
    // It may be minutes until the next chunk: the lease shows that it lives.
    const missing = await this.asker.ask(part, questions, () => this.lease.run("SELECT 1"))
    if (missing.size) {
      await this.transaction((session) => noteMissing(session, part.id, missing))
    }
    const { down } = this.asker
    if (down.length) {
      const message = `${down.map((id) => `"${id}"`).join(", ")} could not be asked what it holds on the customers. Resume the extract when it answers again.`
      await this.transaction(async (session) => {
        if (await hasWork(session, this.request.id)) {
          this.logger.error(`Privacy: extract ${this.request.id} was stopped. ${message}`)
          await stopRequest(session, this.request, message, "destination")
        }
      })
    }
  }

  private async park(subject: Claimed, error: unknown) {
    this.logger.error(`Privacy: subject ${subject.id} of request ${this.request.id} was parked: ${safeMessage(error)}`)
    await this.transaction(async (session) => {
      await session.run(
        "UPDATE privacy_subject SET status = 'failed', error = $2, file_id = NULL, processed_at = now(), updated_at = now() WHERE id = $1 AND status = 'pending'",
        [subject.id, safeMessage(error)]
      )
      await recordAudit(session, [
        { action: "extract.failed", actor: SYSTEM, requestId: this.request.id, subjectId: subject.id, customerId: subject.customer_id },
      ])
    })
  }
}

/** Subjects of the request that are in no archive yet, while it is to be worked on. */
const WAITING = `FROM privacy_subject AS s JOIN privacy_request AS r ON r.id = s.request_id AND r.status = 'in_progress'
  WHERE s.request_id = $1 AND s.status = 'pending' AND s.file_id IS NULL AND s.deleted_at IS NULL`

async function hasWork(session: Session, requestId: string): Promise<boolean> {
  const { rows } = await session.run(`SELECT 1 ${WAITING} LIMIT 1`, [requestId])
  return rows.length > 0
}

/**
 * Takes subjects into an archive. Whoever was erased since the request was filed, or is gone without that, is not extracted and ends here.
 *
 * @returns how many waited, and which of them are to be read
 */
async function claimSubjects(session: Session, request: ExtractRequest, fileId: string, limit: number): Promise<{ found: number; claimed: Claimed[] }> {
  const { rows: found } = await session.run<Claimed & { erased: boolean; present: boolean }>(
    `SELECT s.id, s.customer_id, EXISTS (SELECT 1 FROM privacy_ledger_entry AS l WHERE l.customer_id = s.customer_id AND l.deleted_at IS NULL) AS erased,
       EXISTS (SELECT 1 FROM customer AS c WHERE c.id = s.customer_id) AS present
     ${WAITING} ORDER BY s.id LIMIT $2 FOR UPDATE OF s SKIP LOCKED`,
    [request.id, limit]
  )
  const claimed = found.filter(({ erased, present }) => present && !erased)
  const others = found.filter(({ erased, present }) => !present || erased)
  await session.run("UPDATE privacy_subject SET file_id = $2, error = NULL, processed_at = now(), updated_at = now() WHERE id = ANY($1::text[])", [claimed.map(({ id }) => id), fileId])
  if (others.length) {
    await session.run(
      `UPDATE privacy_subject AS s SET status = CASE WHEN o.erased THEN 'canceled' ELSE 'not_found' END, error = CASE WHEN o.erased THEN 'erased meanwhile' END,
         identifier = NULL, processed_at = now(), updated_at = now()
       FROM unnest($1::text[], $2::bool[]) AS o (id, erased) WHERE s.id = o.id`,
      [others.map(({ id }) => id), others.map(({ erased }) => erased)]
    )
    await recordAudit(
      session,
      others.map(({ id, customer_id, erased }): AuditEvent => ({
        action: erased ? "extract.refused" : "extract.not_found",
        actor: SYSTEM,
        requestId: request.id,
        subjectId: id,
        customerId: customer_id,
        ...(erased ? { details: { reason: "erased_meanwhile" } } : {}),
      }))
    )
  }
  return { found: found.length, claimed }
}

/** A customer of the chunk, with the number it has there. */
interface Person {
  subject: number
  customer_id: string
  first_name: string | null
  last_name: string | null
}

async function readPeople(session: Session) {
  const { rows } = await session.run<Person>(
    `SELECT s.subject, s.customer_id, c.first_name, c.last_name FROM ${SCOPE.subjects} AS s JOIN customer AS c ON c.id = s.customer_id ORDER BY s.subject`
  )
  return rows
}

async function readRecipients(session: Session, { recipientsSql }: ExtractPlan): Promise<Map<number, { kind: string; recipient: string }[]>> {
  const { rows } = recipientsSql ? await session.run<{ subject: number; kind: string; recipient: string }>(`${recipientsSql} ORDER BY 1, 2, 3`) : { rows: [] }
  const recipients = new Map<number, { kind: string; recipient: string }[]>()
  for (const { subject, kind, recipient } of rows) {
    const own = recipients.get(subject) ?? []
    own.push({ kind, recipient })
    recipients.set(subject, own)
  }
  return recipients
}

/** Writes down with each subject how many records of each kind its extract has. */
async function noteFootprints(session: Session, entries: Environment["map"]["entries"], fileId: string) {
  await session.run(
    `UPDATE privacy_subject AS x SET footprint = f.footprint FROM (${FOOTPRINTS}) AS f JOIN ${SCOPE.subjects} AS s ON s.subject = f.subject
     WHERE x.file_id = $3 AND x.status = 'pending' AND x.customer_id = s.customer_id`,
    [entries.map(({ name }) => name), entries.map(({ kind }) => kind), fileId]
  )
}

/** It cannot go on (the storage does not take the archive, a destination is down): the request says so and waits for somebody to resume it. */
async function stopRequest(session: Session, { id, reference, language }: ExtractRequest, message: string, reason: "storage" | "destination") {
  const { rowCount } = await session.run(
    "UPDATE privacy_request SET status = 'stopped', error = $2, updated_at = now() WHERE id = $1 AND status = 'in_progress'",
    [id, message]
  )
  if (rowCount) {
    await recordAudit(session, [{ action: "request.stopped", actor: SYSTEM, requestId: id, details: { reason } }])
    await queueDeliveries(session, [
      { requestId: id, subjectId: "", destination: "feed", event: "request.stopped", payload: { reference, language, message, reason } },
    ])
  }
}
