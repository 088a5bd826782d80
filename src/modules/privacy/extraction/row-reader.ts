import type { Session } from "../database/session"

/** A row of the scope as an extract shows it. */
export interface ExtractRow {
  subject: number
  /** Place of its entry in the plan. */
  entry: number
  /** The record as one line of JSON. */
  data: string
}

/**
 * What is fetched at once should be about so many bytes, whatever a row weighs: little enough to be gone before the garbage collector takes it for
 * something that stays.
 */
const FETCH_BYTES = 128 * 1024
const FEWEST = 10
const MOST = 1000

const CURSOR = "privacy_extract"

/**
 * Reads the rows of a chunk through a cursor, in the order of the query, and may be set back. Of all rows only one fetch is in memory, and the
 * next one is on its way while the last is worked on.
 */
export class RowReader {
  /** Rows handed out so far. */
  position = 0
  private rows: ExtractRow[] = []
  private at = 0
  private size = 100
  private coming: Promise<ExtractRow[]> | null = null

  constructor(private readonly session: Session) {}

  /** Opens the cursor; it lives until the end of the transaction. */
  async open(sql: string): Promise<void> {
    await this.session.run(`DECLARE ${CURSOR} SCROLL CURSOR FOR ${sql}`)
  }

  /** The next row, which stays the next; null at the end. */
  async peek(): Promise<ExtractRow | null> {
    if (this.at === this.rows.length) {
      // What the driver leaves of a query may still hold the list: empty, it holds nothing.
      this.rows.length = 0
      this.at = 0
      this.rows = await (this.coming ?? this.fetch())
      this.coming = this.rows.length ? this.fetch() : Promise.resolve([])
      // An error of a fetch is told to whoever asks for its rows.
      this.coming.catch(() => undefined)
    }
    return this.rows[this.at] ?? null
  }

  /**
   * All rows of one subject from here on, in a list that is the caller's to empty; null when they weigh more than `limit` bytes, and then some of them
   * are taken already. No promise a row: tens of thousands of them would outlive the garbage collector's young days.
   */
  async collect(subject: number, limit: number): Promise<ExtractRow[] | null> {
    const collected: ExtractRow[] = []
    let weight = 0
    while ((await this.peek())?.subject === subject) {
      for (; this.at < this.rows.length && this.rows[this.at].subject === subject; this.at += 1) {
        collected.push(this.rows[this.at])
        weight += this.rows[this.at].data.length
        this.position += 1
      }
      if (weight > limit) {
        return null
      }
    }
    return collected
  }

  /** Rows from here on, as long as they are asked for; each is tested once. */
  async *rowsWhile(wanted: (row: ExtractRow) => boolean): AsyncGenerator<ExtractRow> {
    for (let row = await this.peek(); row && wanted(row); row = await this.peek()) {
      this.at += 1
      this.position += 1
      yield row
    }
  }

  /** Goes back to a row that was handed out before. */
  async rewind(position: number): Promise<void> {
    await this.coming?.catch(() => undefined)
    await this.session.run(`MOVE ABSOLUTE ${position} FROM ${CURSOR}`)
    this.position = position
    this.rows = []
    this.at = 0
    this.coming = null
  }

  /** Waits for what is under way and closes the cursor. */
  async close(): Promise<void> {
    await this.coming?.catch(() => undefined)
    await this.session.run(`CLOSE ${CURSOR}`)
  }

  private async fetch(): Promise<ExtractRow[]> {
    const { rows } = await this.session.run<ExtractRow>(`FETCH ${this.size} FROM ${CURSOR}`)
    const bytes = rows.reduce((sum, { data }) => sum + data.length, 0)
    if (rows.length) {
      this.size = Math.max(FEWEST, Math.min(MOST, Math.round((rows.length * FETCH_BYTES) / (bytes + 1))))
    }
    return rows
  }
}
