import path from "node:path"
import type { Readable } from "node:stream"
import { MedusaError } from "@medusajs/framework/utils"

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
  let rest = ""
  let line = 0
  let first = true
  const read = (lines: string[]) => {
    const found: ListedIdentifier[] = []
    for (const text of lines) {
      line += 1
      const value = valueOf(text, line, first)
      if (value !== undefined) {
        first = false
        found.push({ line, value })
      }
    }
    return found
  }
  try {
    for await (const text of decoded(source)) {
      const lines = (rest + text).split(LINE_END)
      rest = lines.pop() as string
      yield read(lines)
      if (rest.length > LONGEST_LINE) {
        throw tooLong(line + 1)
      }
    }
    yield read(rest.split("\r"))
  } finally {
    source.destroy()
  }
}

/** A CR at the end of a piece may be half a line end: it waits for the next piece. */
const LINE_END = /\r\n|\n|\r(?!$)/

/** The one value of a line; undefined for a line of blanks and delimiters. */
function valueOf(text: string, line: number, first: boolean): string | undefined {
  if (text.length > LONGEST_LINE) {
    throw tooLong(line)
  }
  const values = fieldsOf(text, line).map((value) => value.trim()).filter(Boolean)
  if (values.length > 1) {
    throw invalid(`Line ${line} has ${values.length} columns. The file must have one identifier a line and nothing else.`)
  }
  if (first && values.length && HEADER.test(values[0])) {
    throw invalid(`Line ${line} ("${values[0]}") looks like a header. Remove it: the file must have one identifier a line and no header.`)
  }
  return values[0]
}

const tooLong = (line: number) => invalid(`Line ${line} is longer than ${LONGEST_LINE} characters. The file must have one identifier a line.`)

/**
 * What stands between a line's delimiters. A value in quotation marks may hold delimiters and doubled quotation marks; where more follows the
 * closing one, or none opens the value, they are characters like any other. (No CSV parser: values do not span lines here, and a parser that
 * must reckon with that takes eighty times as long over a file of 200 MB.)
 */
function fieldsOf(text: string, line: number): string[] {
  if (!text.includes('"')) {
    return DELIMITER.test(text) ? text.split(DELIMITER) : [text]
  }
  const fields: string[] = []
  for (let rest = text; ; ) {
    const quoted = rest.match(QUOTED)
    if (!quoted && OPEN_QUOTE.test(rest)) {
      throw invalid(`Line ${line} cannot be read: a quotation mark is not closed. The file must have one identifier a line.`)
    }
    const start = quoted?.[0].length ?? 0
    const tail = rest.slice(start).split(DELIMITER, 1)[0]
    const value = quoted?.[1].replaceAll('""', '"')
    fields.push(value === undefined ? tail : tail.trim() ? `"${value}"${tail}` : value)
    if (start + tail.length === rest.length) {
      return fields
    }
    rest = rest.slice(start + tail.length + 1)
  }
}

const DELIMITER = /[,;\t]/
const OPEN_QUOTE = /^[^\S\t]*"/
const QUOTED = /^[^\S\t]*"((?:[^"]|"")*)"(?!")/

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
