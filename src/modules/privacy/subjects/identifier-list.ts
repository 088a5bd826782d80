import path from "node:path"
import { type Readable, Transform } from "node:stream"
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
export async function* listOf(identifiers: string[]): AsyncGenerator<ListedIdentifier> {
  for (const [index, value] of identifiers.entries()) {
    yield { line: index + 1, value: value.trim() }
  }
}

/**
 * Reads an uploaded list, one identifier a line, without holding it in memory: UTF-8 with or without BOM, UTF-16 with BOM, CRLF, LF or CR,
 * quoted values, surrounding blanks, empty lines, a trailing delimiter.
 *
 * @throws MedusaError INVALID_DATA naming the line: a binary file, an over-long line, several columns, a header, a broken quote
 */
export async function* readIdentifierList(source: Readable): AsyncGenerator<ListedIdentifier> {
  const parser = parse({
    delimiter: [",", ";", "\t"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
    max_record_size: LONGEST_LINE,
  })
  const text = source.pipe(decoder())
  text.on("error", (error) => parser.destroy(error))
  source.on("error", (error) => parser.destroy(error))
  try {
    let first = true
    for await (const { record, info } of text.pipe(parser) as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const values = record.map((value) => value.trim()).filter(Boolean)
      if (values.length > 1) {
        throw invalid(`Line ${info.lines} has ${values.length} columns. The file must have one identifier a line and nothing else.`)
      }
      const [value] = values
      if (value === undefined) {
        continue
      }
      if (first && HEADER.test(value)) {
        throw invalid(`Line ${info.lines} ("${value}") looks like a header. Remove it: the file must have one identifier a line and no header.`)
      }
      first = false
      yield { line: info.lines, value }
    }
  } catch (error) {
    throw readable(error)
  } finally {
    source.destroy()
  }
}

/** Bytes to text: the byte order mark tells UTF-16; anything that is not text is refused where it shows. */
function decoder(): Transform {
  let decode: TextDecoder | null = null
  let line = 1
  const check = (text: string) => {
    const place = text.indexOf("\0")
    if (place >= 0) {
      throw invalid(`The file is not a text file (line ${line + text.slice(0, place).split("\n").length - 1}). Save it as .txt or .csv in UTF-8.`)
    }
    line += text.split("\n").length - 1
    return text
  }
  const read = (chunk: Buffer | undefined, more: boolean) => {
    try {
      return check((decode as TextDecoder).decode(chunk, { stream: more }))
    } catch (error) {
      throw (error as MedusaError).type
        ? error
        : invalid(`The file is not valid text after line ${line}. Save it as .txt or .csv in UTF-8.`)
    }
  }
  return new Transform({
    readableObjectMode: false,
    decodeStrings: true,
    transform(chunk: Buffer, _, done) {
      try {
        decode ??= new TextDecoder(encodingOf(chunk), { fatal: true })
        done(null, read(chunk, true))
      } catch (error) {
        done(error as Error)
      }
    },
    flush(done) {
      try {
        done(null, decode ? read(undefined, false) : "")
      } catch (error) {
        done(error as Error)
      }
    },
  })
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
