import fs from "node:fs"
import path from "node:path"
import { sealAudit, verifyChain } from "../../src/modules/privacy/audit/chain"
import type { PrivacyPluginOptions } from "../../src/modules/privacy/options"
import { makeCrowd } from "../support/crowd"
import { openEngine, type Engine } from "../support/engine"

/** `npm run test:faults` runs these in full; the ordinary suite runs them scaled down. */
export const FULL = process.env.FAULTS === "full"

/** What chance decides in a run; printed, so that a run can be repeated. */
export const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31)

/** Small chunks: much can go wrong between them. */
export const FAULT_OPTIONS: PrivacyPluginOptions = {
  chunk_size: FULL ? 25 : 10,
  bulk: { approval: false, undo_minutes: 0, throttle_per_minute: 0, concurrency: 2, yield_to_shop: false },
}

export const say = (line: string) => process.stdout.write(`faults: ${line}\n`)

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Waits, in full runs as long as ten times the work takes on a busy machine. */
export async function until(what: string, reached: () => Promise<boolean>, within = FULL ? 900_000 : 90_000) {
  const limit = Date.now() + within
  while (!(await reached())) {
    if (Date.now() > limit) {
      throw new Error(`Waited in vain until ${what}`)
    }
    await pause(50)
  }
}

/** A database with requests in it, for workers that are treated badly. */
export class FaultStore {
  private filed = 0

  private constructor(readonly engine: Engine, private readonly name: string) {}

  /** @param databaseUrl a migrated database; a copy of the seeded template when left out */
  static async open(name: string, databaseUrl?: string): Promise<FaultStore> {
    return new FaultStore(await openEngine({ name, options: FAULT_OPTIONS, databaseUrl }), name)
  }

  get url(): string {
    return this.engine.databaseUrl
  }

  close(): Promise<void> {
    return this.engine.close()
  }

  /** A file for what a run's workers tell. */
  eventsFile(run: string): string {
    const file = path.resolve(`.test/${this.name}-${run}.jsonl`)
    fs.rmSync(file, { force: true })
    fs.writeFileSync(file, "")
    return file
  }

  /** New customers. */
  makeCustomers(count: number): Promise<string[]> {
    return makeCrowd(this.engine.database, count, `${this.name}${this.filed + 1}`)
  }

  /** A request over these customers, as it lies in the tables after it was filed. */
  async fileFor(customers: string[], status = "pending"): Promise<string> {
    this.filed += 1
    const id = `prvreq_${this.name}_${this.filed}`
    await this.engine.database.rows(
      `INSERT INTO privacy_request (id, reference, type, method, status, origin, requested_by_type, due_at)
       VALUES ($1, $1, 'erasure', 'anonymize', $2, 'bulk', 'system', now())`,
      [id, status]
    )
    await this.engine.database.rows(
      `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier, identifier_hash, identifier_redacted, pseudonym)
       SELECT 'prvsub_' || md5($1 || id), $1, id, 'customer_id', id, 'k1:' || md5(id), left(id, 1) || '***', 'erased-' || left(md5($1 || id), 20)
       FROM unnest($2::text[]) AS c (id)`,
      [id, customers]
    )
    return id
  }

  async fileMany(count: number): Promise<string> {
    return this.fileFor(await this.makeCustomers(count))
  }

  async count(sql: string, values: unknown[]): Promise<number> {
    return (await this.engine.database.row<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`, values)).count
  }

  async isComplete(id: string): Promise<boolean> {
    return (await this.count("privacy_request WHERE id = $1 AND status = 'complete'", [id])) === 1
  }

  async untilDone(id: string, within?: number): Promise<void> {
    await until("the request is complete", () => this.isComplete(id), within)
    await until("all is told", async () => (await this.count("privacy_delivery WHERE request_id = $1 AND status = 'pending'", [id])) === 0, within)
  }

  /** Subjects that are marked done and are not erased, or the other way round. */
  async torn(id: string): Promise<number> {
    return this.count(
      `privacy_subject AS s JOIN customer AS c ON c.id = s.customer_id
       WHERE s.request_id = $1 AND (s.status = 'complete') <> (c.email LIKE '%@erased.invalid')`,
      [id]
    )
  }

  /** Nothing lost, nothing doubled: each subject is wholly done, once. */
  async expectErasedOnce(id: string, subjects: number): Promise<void> {
    const totals = await this.engine.database.row(
      `SELECT (SELECT count(*)::int FROM privacy_subject WHERE request_id = $1 AND status = 'complete') AS complete,
         (SELECT count(*)::int FROM privacy_ledger_entry WHERE request_id = $1) AS ledger,
         (SELECT count(*)::int FROM privacy_audit_entry WHERE request_id = $1 AND action = 'erasure.completed') AS audited,
         (SELECT count(*)::int FROM privacy_subject AS s JOIN customer AS c ON c.id = s.customer_id
            WHERE s.request_id = $1 AND (c.email NOT LIKE '%@erased.invalid' OR c.first_name <> '[erased]' OR c.deleted_at IS NULL)) AS half_done`,
      [id]
    )
    expect(totals).toEqual({ complete: subjects, ledger: subjects, audited: subjects, half_done: 0 })
  }

  /**
   * The same, and each is told under one key.
   *
   * @returns how many deliveries were repeated under their key
   */
  async expectExactly(id: string, subjects: number, events: string): Promise<number> {
    await this.expectErasedOnce(id, subjects)
    const told = fs.readFileSync(events, "utf8").trim().split("\n").map((line) => JSON.parse(line))
    const own = told.filter(({ request_id }) => request_id === id)
    const keys = new Map(own.map(({ delivery_id, subject_id }) => [delivery_id, subject_id]))
    expect(keys.size).toBe(subjects)
    expect(new Set(keys.values()).size).toBe(subjects)
    return own.length - subjects
  }

  /** The audit chain verifies, with nothing left unlinked. */
  async expectChain(): Promise<void> {
    const { engine } = this
    const keys = engine.environment.options.hashKeys
    while (await engine.transaction((session) => sealAudit(session, keys))) {
      // until nothing waits
    }
    expect(await engine.transaction((session) => verifyChain(session, keys))).toMatchObject({ valid: true, unsealed: 0 })
  }
}
