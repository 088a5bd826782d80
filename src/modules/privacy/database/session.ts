import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { setTimeout as wait } from "node:timers/promises"
import { copyIn, type Cell, type CopyQuery } from "./copy-in"

/** Rows and count of one statement's answer. */
export interface Result<T> {
  rows: T[]
  rowCount: number
}

interface RawResult {
  rows: unknown[]
  rowCount: number | null
}

type Answer = RawResult | RawResult[]

/** A connection of Medusa's pool, as the driver has it. */
export interface RawConnection {
  query(query: { text: string; values?: unknown[] }, answered: (error: Error | null, answer: Answer) => void): void
  query(query: CopyQuery): unknown
  /** The server process by its own word, or what a connection pooler says in its place. */
  processID: number | null
  __knex__disposed?: unknown
}

interface PoolClient {
  acquireConnection(): Promise<RawConnection>
  releaseConnection(connection: RawConnection): Promise<void>
}

/** Milliseconds. */
const LONGEST_REST = 1000

/**
 * Sends a query, with a callback given along. Of the promise that the driver makes when there is none (it sets the callback later) more remains: measured
 * on Node 20, such queries stay reachable from one another for V8's quick collections once one of them has grown old, and with them every row that was
 * read, until the next thorough collection. Who reads very many rows empties their lists after use besides.
 */
export const send = (connection: RawConnection, text: string, values?: unknown[]) =>
  new Promise<Answer>((resolve, reject) => {
    connection.query(values?.length ? { text, values } : { text }, (error, answer) => (error ? reject(withTable(error, text)) : resolve(answer)))
  })

/** What Postgres says of an error: `table` only of broken constraints, `position` (a count of characters) of what it cannot read as a statement. */
interface PlacedError extends Error {
  table?: string
  position?: string
}

/** Says which table it was about where Postgres does not: the one named last before the place of the error. Names of tables are no secrets. */
function withTable(error: PlacedError, text: string): PlacedError {
  if (!error.table && error.position) {
    const before = text.slice(0, Number(error.position))
    const named = [...before.slice(before.lastIndexOf(";\n") + 1).matchAll(/\b(?:FROM|JOIN|UPDATE|INTO|USING)\s+"?([a-z_][a-z0-9_]*)"?/gi)]
    error.table = named.map(([, table]) => table).filter((table) => !table.startsWith("privacy_")).pop()
  }
  return error
}

/**
 * One transaction on one connection of Medusa's own Postgres pool. It speaks to the driver directly, because a batch of statements
 * travels in a single round trip and because SQL text keeps its `?` operators.
 */
export class Session {
  /** Statements sent since the transaction began, BEGIN and COMMIT not counted. */
  statements = 0
  private rests = 0

  constructor(private readonly connection: RawConnection) {}

  /** The id of the server's process, as it was told when the connection was made. */
  get processId(): number | null {
    return this.connection.processID
  }

  /** Runs one statement with `$1`-style parameters. */
  async run<T = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Result<T>> {
    this.statements += 1
    return lastOf<T>(await this.send(text, values))
  }

  /** From here on rests after each statement so many times as long as it took, at most a second: the processors are others' meanwhile. */
  goEasy(times: number): void {
    this.rests = times
  }

  /** Runs statements that take no parameters in one round trip, and answers with the rows touched by each. */
  async runAll(statements: string[]): Promise<number[]> {
    if (!statements.length) {
      return []
    }
    if (this.rests) {
      return this.runEasily(statements)
    }
    this.statements += statements.length
    const answer = await this.send(statements.join(";\n"))
    return (Array.isArray(answer) ? answer : [answer]).map(({ rowCount }) => rowCount ?? 0)
  }

  /**
   * Streams rows of any number into a table, in constant memory.
   *
   * @param columns `int` or `text`, in the order of the rows' values
   * @returns how many rows arrived
   * @throws what `batches` throws; nothing of the table's transaction can be used after that but the rollback
   */
  async copyIn(table: string, columns: string[], batches: AsyncIterable<Cell[][]>): Promise<number> {
    this.statements += 1
    return copyIn((query) => this.connection.query(query), `COPY ${table} (${columns.join(", ")}) FROM STDIN (FORMAT binary)`, batches)
  }

  private async runEasily(statements: string[]): Promise<number[]> {
    const counts: number[] = []
    for (const statement of statements) {
      counts.push((await this.run(statement)).rowCount)
    }
    return counts
  }

  private async send(text: string, values?: unknown[]): Promise<Answer> {
    const started = performance.now()
    const answer = await send(this.connection, text, values)
    const rest = Math.min(LONGEST_REST, (performance.now() - started) * this.rests)
    if (rest >= 1) {
      await wait(rest)
    }
    return answer
  }
}

/**
 * Runs `work` in a transaction of its own and commits it; any error rolls it back and is thrown on.
 *
 * @param connection Medusa's knex connection (`ContainerRegistrationKeys.PG_CONNECTION`)
 */
export async function inTransaction<T>(connection: Knex, work: (session: Session) => Promise<T>): Promise<T> {
  const pool = connection.client as unknown as PoolClient
  const raw = await pool.acquireConnection()
  try {
    await send(raw, "BEGIN")
    const answer = await work(new Session(raw))
    await send(raw, "COMMIT")
    return answer
  } catch (error) {
    await rollBack(raw)
    throw error
  } finally {
    await pool.releaseConnection(raw)
  }
}

/**
 * Runs `work` on one connection outside any transaction, for the few statements that refuse to run inside one. Each statement commits by
 * itself.
 *
 * @param connection Medusa's knex connection (`ContainerRegistrationKeys.PG_CONNECTION`)
 */
export async function outsideTransaction<T>(connection: Knex, work: (session: Session) => Promise<T>): Promise<T> {
  const pool = connection.client as unknown as PoolClient
  const raw = await pool.acquireConnection()
  try {
    return await work(new Session(raw))
  } catch (error) {
    // Whatever the session had set or locked goes with the connection.
    raw.__knex__disposed = error
    throw error
  } finally {
    await pool.releaseConnection(raw)
  }
}

/**
 * Sends one text on a connection of its own; it may begin and end transactions itself. Whatever comes of it, the pool gets the connection
 * back outside any transaction, or does not get it back.
 *
 * @param connection Medusa's knex connection (`ContainerRegistrationKeys.PG_CONNECTION`)
 * @returns the answer of the last statement
 */
export async function runAlone<T = Record<string, unknown>>(connection: Knex, text: string, values?: unknown[]): Promise<Result<T>> {
  const pool = connection.client as unknown as PoolClient
  const raw = await pool.acquireConnection()
  try {
    return lastOf<T>(await send(raw, text, values))
  } catch (error) {
    await rollBack(raw)
    throw error
  } finally {
    await pool.releaseConnection(raw)
  }
}

/**
 * Runs `work` on one connection of the pool, which it may leave in a transaction: that one is rolled back at the end, whatever came of it.
 *
 * @param connection Medusa's knex connection (`ContainerRegistrationKeys.PG_CONNECTION`)
 */
export async function holdConnection<T>(connection: Knex, work: (raw: RawConnection) => Promise<T>): Promise<T> {
  const pool = connection.client as unknown as PoolClient
  const raw = await pool.acquireConnection()
  try {
    return await work(raw)
  } finally {
    await rollBack(raw)
    await pool.releaseConnection(raw)
  }
}

/** A connection that cannot roll back is broken: the pool must not hand it out again. */
async function rollBack(raw: RawConnection): Promise<void> {
  await send(raw, "ROLLBACK").catch((error) => {
    raw.__knex__disposed = error
  })
}

/** What the last of several statements answered. */
export function lastOf<T>(answer: Answer): Result<T> {
  const last = Array.isArray(answer) ? answer[answer.length - 1] : answer
  return { rows: last.rows as T[], rowCount: last.rowCount ?? 0 }
}
