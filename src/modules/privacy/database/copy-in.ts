/** A value of a row: whole numbers for `int` columns, texts for `text` columns. */
export type Cell = number | string | null

/** What the driver hands to a query it does not know the form of. */
interface Wire {
  query(text: string): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
  stream: { write(bytes: Uint8Array, done: (error?: Error | null) => void): unknown }
}

/** A query in the driver's own contract; see `Submittable` in its typings. */
export interface CopyQuery {
  submit(wire: Wire): void
  handleCopyInResponse(wire: Wire): void
  handleCommandComplete(message: { text: string }): void
  handleError(error: Error): void
  handleReadyForQuery(): void
}

/** Bytes that travel at once. */
const FRAME = 64 * 1024

/** A CopyData message: its letter and its length come first. */
const COPY_DATA = 0x64
const HEAD = 5

/** What every binary copy begins with: signature, flags, length of an extension. */
const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1")
const NULL = -1
const END = -1

/**
 * Streams rows into a table by COPY in binary form. They pass through one buffer that is used again and again, so that a million rows take no
 * more memory than a thousand; and unlike parameters and copied text, binary rows never stand in the server's log.
 *
 * @param query sends a query of the driver's own kind
 * @param statement `COPY … FROM STDIN (FORMAT binary)`
 * @param batches from a file or a socket: what never waits keeps the process from hearing the server's errors
 * @returns how many rows arrived
 * @throws what `batches` throws, and the server's errors
 */
export function copyIn(query: (query: CopyQuery) => unknown, statement: string, batches: AsyncIterable<Cell[][]>): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0
    let refused: { error: unknown } | undefined
    let over = false
    let sent: Promise<void> = Promise.resolve()
    query({
      submit: (wire) => wire.query(statement),
      handleCopyInResponse: (wire) => {
        sent = send(wire, batches, () => over).then(
          () => (over ? undefined : wire.endCopyFrom()),
          (error) => {
            refused = { error }
            if (!over) {
              // The server logs the reason: it must not be the message, which may quote the input.
              wire.sendCopyFail("the rows were refused")
            }
          }
        )
      },
      handleCommandComplete: ({ text }) => (rows = Number(text.split(" ")[1])),
      handleError: (error) => {
        over = true
        // Not before the sending has stopped: the connection is somebody else's after that.
        void sent.then(() => reject(refused ? refused.error : error))
      },
      handleReadyForQuery: () => resolve(rows),
    })
  })
}

async function send(wire: Wire, batches: AsyncIterable<Cell[][]>, isOver: () => boolean): Promise<void> {
  let frame = Buffer.allocUnsafe(FRAME)
  let end = HEAD + SIGNATURE.copy(frame, HEAD)
  // The reading of a file gives the process its turns. One of our own here (`setImmediate`) would cost 300 MiB over 200 MB: Node links the turns
  // to each other, and one that has grown old keeps all that came after it, with their rows, until the next full collection.
  const flush = async () => {
    frame[0] = COPY_DATA
    frame.writeInt32BE(end - 1, 1)
    await new Promise<void>((resolve, reject) => wire.stream.write(frame.subarray(0, end), (error) => (error ? reject(error) : resolve())))
    end = HEAD
  }
  for await (const batch of batches) {
    for (const row of batch) {
      const most = roomFor(row)
      if (end + most > frame.length) {
        await flush()
        if (isOver()) {
          return
        }
        if (HEAD + most > frame.length) {
          frame = Buffer.allocUnsafe(HEAD + most)
        }
      }
      end = writeRow(frame, end, row)
    }
  }
  if (end + 2 > frame.length) {
    await flush()
  }
  end = frame.writeInt16BE(END, end)
  await flush()
}

/** The most bytes a row can take: a UTF-16 unit is at most three bytes of UTF-8. */
const roomFor = (row: Cell[]) => row.reduce<number>((sum, cell) => sum + 4 + (typeof cell === "string" ? cell.length * 3 : 4), 2)

function writeRow(frame: Buffer, start: number, row: Cell[]): number {
  let at = frame.writeInt16BE(row.length, start)
  for (const cell of row) {
    if (cell === null) {
      at = frame.writeInt32BE(NULL, at)
    } else if (typeof cell === "number") {
      at = frame.writeInt32BE(cell, frame.writeInt32BE(4, at))
    } else {
      const length = frame.write(cell, at + 4)
      frame.writeInt32BE(length, at)
      at += 4 + length
    }
  }
  return at
}
