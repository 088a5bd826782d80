import { csvColumns, csvHead, csvLine } from "./csv"
import type { ExtractPlan } from "./plan"
import type { ExtractRow } from "./row-reader"

/** What stands at the head of a customer's document. */
export interface DocumentHead {
  customer_id: string
  reference: string
  extracted_at: string
  passed_to: { kind: string; recipient: string }[]
}

/** A file that is written row by row. */
export interface Document {
  head(): string
  row(row: ExtractRow): string
  end(): string
}

/** All of one customer as JSON: the head, then per kind a list, a record a line. */
export function jsonDocument(plan: ExtractPlan, head: DocumentHead): Document {
  let open: string | null = null
  return {
    head: () => `{\n${Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`).join("")}  "data": {`,
    row({ entry, data }) {
      const { kind } = plan.entries[entry]
      if (kind === open) {
        return `,\n      ${data}`
      }
      const before = open ? "\n    ]," : ""
      open = kind
      return `${before}\n    ${JSON.stringify(kind)}: [\n      ${data}`
    },
    end: () => `${open ? "\n    ]\n  " : ""}}\n}\n`,
  }
}

/** One kind of one customer as CSV. */
export function csvDocument(plan: ExtractPlan, kind: string): Document {
  const columns = csvColumns(plan.entries.filter((entry) => entry.kind === kind))
  return {
    head: () => csvHead(columns),
    row: ({ entry, data }) => csvLine(columns, data, plan.entries[entry]),
    end: () => "",
  }
}

/** A document whose rows are all there. */
export function written(document: Document, rows: ExtractRow[]): string {
  return [document.head(), ...rows.map((row) => document.row(row)), document.end()].join("")
}

/** Text is put together to pieces of about so many characters before it is packed. */
const PIECE = 64 * 1024

/** A document whose rows are still coming. */
export async function* streamed(document: Document, rows: AsyncIterable<ExtractRow>): AsyncGenerator<Buffer> {
  let piece = document.head()
  for await (const row of rows) {
    piece += document.row(row)
    if (piece.length >= PIECE) {
      yield Buffer.from(piece, "utf8")
      piece = ""
    }
  }
  yield Buffer.from(piece + document.end(), "utf8")
}
