import path from "node:path"
import type { Readable } from "node:stream"
import { MedusaError } from "@medusajs/framework/utils"
import { parse } from "csv-parse"

/** One identifier as it was given, and where. */
export interface ListedIdentifier {
  line: number
  value: string
}

const EXTENSIONS = [".txt", ".csv"]

/** No identifier is longer; a longer line is another kind of file. */
const LONGEST_LINE = 1000

/** First lines that name a column instead of a person. */
const HEADER = /^(e[-_ ]?mail([-_ ]?address)?|mail|customer([-_ ]?id)?|id|phone([-_ ]?number)?|telephone|identifier|name)s?$/i

const invalid = (message: string) => new MedusaError(MedusaError.Types.INVALID_DATA, message)

/** @throws MedusaError INVALID_DATA for a name that is neither .txt nor .csv */
export function checkFileName(name: string): void {
  if (!EXTENSIONS.includes(path.extname(name).toLowerCase())) {
    throw invalid("The file must be a .txt or .csv file with one identifier a line and no header.")
  }
}

/** Typed identifiers, numbered as in the list on the screen. */
export async function* listOf(identifiers: string[]): AsyncGenerator<ListedIdentifier[]> {
  yield identifiers.map((value, index) => ({ line: index + 1, value: value.trim() }))
}

/**
 * Reads an uploaded list, one identifier a line, without holding it in memory: UTF-8 with or without BOM, UTF-16 with BOM, CRLF, LF or CR,
 * quoted values, surrounding blanks, empty lines, a trailing delimiter.
 *
 * @returns what each piece of the file held, as soon as it is read: what is let go before the next piece costs the collector nothing
 * @throws MedusaError INVALID_DATA naming the line: a binary file, an over-long line, several columns, a header, a broken quote
 */
export async function* readIdentifierList(source: Readable): AsyncGenerator<ListedIdentifier[]> {
  let found: ListedIdentifier[] = []
  let first = true
  const parser = parse({
    delimiter: [",", ";", "\t"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: LONGEST_LINE,
    // Called while a piece is parsed; what it takes, the parser does not keep.
    on_record: (record: string[], { lines }) => {
      const value = valueOf(record, lines, first)
      if (value !== undefined) {
        first = false
        found.push({ line: lines, value })
      }
      return null
    },
  })
  // Each call below hears of its own error; this one only keeps it from being an uncaught one.
  parser.on("error", () => undefined)
  const taken = () => {
    const lines = found
    found = []
    return lines
  }
  try {
    for await (const text of decoded(source)) {
      await settled((done) => parser.write(text, done))
      yield taken()
    }
    await settled((done) => parser.end(done))
    yield taken()
  } catch (error) {
    throw readable(error)
  } finally {
    parser.destroy()
    source.destroy()
  }
}

/** The one value of a line; undefined for a line of blanks and delimiters. */
function valueOf(record: string[], line: number, first: boolean): string | undefined {
  const values = record.map((value) => value.trim()).filter(Boolean)
  if (values.length > 1) {
    throw invalid(`Line ${line} has ${values.length} columns. The file must have one identifier a line and nothing else.`)
  }
  if (first && values.length && HEADER.test(values[0])) {
    throw invalid(`Line ${line} ("${values[0]}") looks like a header. Remove it: the file must have one identifier a line and no header.`)
  }
  return values[0]
}

const settled = (start: (done: (error?: Error | null) => void) => void) =>
  new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())))

/** Bytes to text: the byte order mark tells UTF-16; anything that is not text is refused where it shows. */
async function* decoded(source: Readable): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  let line = 1
  const read = (chunk: Buffer | undefined, stream: boolean) => {
    let text: string
    try {
      text = (decoder as TextDecoder).decode(chunk, { stream })
    } catch {
      throw invalid(`The file is not valid text after line ${line}. Save it as .txt or .csv in UTF-8.`)
    }
    const place = text.indexOf("\0")
    if (place >= 0) {
      throw invalid(`The file is not a text file (line ${line + lineEnds(text, place)}). Save it as .txt or .csv in UTF-8.`)
    }
    line += lineEnds(text)
    return text
  }
  for await (const chunk of source as AsyncIterable<Buffer>) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
    yield read(chunk, true)
  }
  if (decoder) {
    yield read(undefined, false)
  }
}

function lineEnds(text: string, before = text.length): number {
  let count = 0
  for (let at = text.indexOf("\n"); at >= 0 && at < before; at = text.indexOf("\n", at + 1)) {
    count += 1
  }
  return count
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) {
    return "utf-16le"
  }
  return start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : "utf-8"
}

function readable(error: unknown): unknown {
  const { code, lines } = error as { code?: string; lines?: number }
  if (code === "CSV_MAX_RECORD_SIZE") {
    return invalid(`Line ${lines ?? "?"} is longer than ${LONGEST_LINE} characters. The file must have one identifier a line.`)
  }
  if (code?.startsWith("CSV_")) {
    return invalid(`Line ${lines ?? "?"} cannot be read: a quotation mark is not closed. The file must have one identifier a line.`)
  }
  return error
}
