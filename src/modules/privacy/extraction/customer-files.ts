import type { ZipWriter } from "../archives/zip"
import { byKind, csvDocument, jsonDocument, type DocumentHead, type Rows } from "./documents"
import type { ExtractPlan } from "./plan"
import type { ExtractRow, RowReader } from "./row-reader"

export const FORMATS = ["json", "csv"] as const

/** How an extract is written. */
export type ExtractFormat = (typeof FORMATS)[number]

/** A customer whose rows weigh more is not collected in memory: its documents are streamed, each in a reading of its own. */
const LARGE = 2 * 1024 * 1024

/** Text is put together to pieces of about so many characters before it is packed. */
const PIECE = 64 * 1024

/**
 * Writes one customer into the archive: as JSON one file; as CSV a folder with a file per kind and, because a spreadsheet is not to be trusted
 * with it, all of it as JSON beside them.
 *
 * @param name of the file or folder, made by us
 * @param counts per kind, added up
 */
export async function writeCustomer(
  zip: ZipWriter,
  { plan, format, name, head, subject, reader, counts }: {
    plan: ExtractPlan
    format: ExtractFormat
    name: string
    head: DocumentHead
    subject: number
    reader: RowReader
    counts: Map<string, number>
  }
): Promise<void> {
  const start = reader.position
  const collected: ExtractRow[] = []
  let weight = 0
  for await (const row of reader.of(subject)) {
    collected.push(row)
    weight += row.data.length
    if (weight > LARGE) {
      break
    }
  }
  const large = weight > LARGE
  /** The rows from the first on, as often as they are asked for. */
  const rows = async (): Promise<Rows> => {
    if (!large) {
      return collected
    }
    collected.splice(0)
    await reader.rewind(start)
    return reader.of(subject)
  }
  const add = async (file: string, text: AsyncIterable<string>) => zip.add(file, large ? inPieces(text) : await whole(text))

  if (format === "csv") {
    for await (const group of byKind(plan, await rows())) {
      await add(`${name}/${group.kind}.csv`, csvDocument(plan, group.kind, group.rows))
    }
  }
  await add(format === "csv" ? `${name}/data.json` : `${name}.json`, jsonDocument(plan, head, counted(await rows(), plan, counts)))
}

async function* counted(rows: Rows, plan: ExtractPlan, counts: Map<string, number>): AsyncGenerator<ExtractRow> {
  for await (const row of rows) {
    const { kind } = plan.entries[row.entry]
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    yield row
  }
}

async function whole(text: AsyncIterable<string>): Promise<Buffer> {
  const parts: string[] = []
  for await (const part of text) {
    parts.push(part)
  }
  return Buffer.from(parts.join(""), "utf8")
}

async function* inPieces(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let piece = ""
  for await (const part of text) {
    piece += part
    if (piece.length >= PIECE) {
      yield Buffer.from(piece, "utf8")
      piece = ""
    }
  }
  if (piece) {
    yield Buffer.from(piece, "utf8")
  }
}
