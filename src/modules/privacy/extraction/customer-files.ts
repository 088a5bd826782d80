import type { ZipWriter } from "../archives/zip"
import { csvDocument, jsonDocument, streamed, written, type DocumentHead } from "./documents"
import type { ExtractPlan } from "./plan"
import type { ExtractFormat } from "../vocabulary"
import type { ExtractRow, RowReader } from "./row-reader"

export { FORMATS, type ExtractFormat } from "../vocabulary"

/** A customer whose rows weigh more is not collected in memory: its documents are streamed, each in a reading of its own. */
const LARGE = 2 * 1024 * 1024

/** A customer on its way into the archive. */
export interface CustomerFiles {
  plan: ExtractPlan
  format: ExtractFormat
  /** Of the file or folder, made by us. */
  name: string
  head: DocumentHead
  subject: number
  reader: RowReader
  /** Records per kind, added up. */
  counts: Map<string, number>
}

/**
 * Writes one customer into the archive: as JSON one file; as CSV a folder with a file per kind and, because a spreadsheet is not to be trusted
 * with it, all of it as JSON beside them.
 */
export async function writeCustomer(zip: ZipWriter, customer: CustomerFiles): Promise<void> {
  const { reader, subject } = customer
  const start = reader.position
  const rows = await reader.collect(subject, LARGE)
  if (rows) {
    await writeSmall(zip, customer, rows)
    // Whatever may still hold the list, a promise or the driver, must not take the rows along into the old part of the heap.
    rows.length = 0
  } else {
    await writeLarge(zip, customer, start)
  }
}

const jsonName = ({ format, name }: CustomerFiles) => (format === "csv" ? `${name}/data.json` : `${name}.json`)

function count({ counts, plan }: CustomerFiles, { entry }: ExtractRow) {
  const { kind } = plan.entries[entry]
  counts.set(kind, (counts.get(kind) ?? 0) + 1)
}

async function writeSmall(zip: ZipWriter, customer: CustomerFiles, rows: ExtractRow[]) {
  const { plan, format, name, head } = customer
  rows.forEach((row) => count(customer, row))
  if (format === "csv") {
    const kinds = new Map<string, ExtractRow[]>()
    for (const row of rows) {
      const { kind } = plan.entries[row.entry]
      kinds.set(kind, kinds.get(kind) ?? [])
      kinds.get(kind)?.push(row)
    }
    for (const [kind, own] of kinds) {
      await zip.add(`${name}/${kind}.csv`, Buffer.from(written(csvDocument(plan, kind), own), "utf8"))
    }
  }
  await zip.add(jsonName(customer), Buffer.from(written(jsonDocument(plan, head), rows), "utf8"))
}

async function writeLarge(zip: ZipWriter, customer: CustomerFiles, start: number) {
  const { plan, format, name, head, reader, subject } = customer
  const kindOf = ({ entry }: ExtractRow) => plan.entries[entry].kind
  if (format === "csv") {
    await reader.rewind(start)
    for (let first = await reader.peek(); first?.subject === subject; first = await reader.peek()) {
      const kind = kindOf(first)
      await zip.add(`${name}/${kind}.csv`, streamed(csvDocument(plan, kind), reader.rowsWhile((row) => row.subject === subject && kindOf(row) === kind)))
    }
  }
  await reader.rewind(start)
  const rows = reader.rowsWhile((row) => {
    const own = row.subject === subject
    if (own) {
      count(customer, row)
    }
    return own
  })
  await zip.add(jsonName(customer), streamed(jsonDocument(plan, head), rows))
}
