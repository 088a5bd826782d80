import { csvColumns, csvHead, csvLine } from "./csv"
import type { ExtractPlan } from "./plan"
import type { ExtractRow } from "./row-reader"

export type Rows = Iterable<ExtractRow> | AsyncIterable<ExtractRow>

/** What stands at the head of a customer's document. */
export interface DocumentHead {
  customer_id: string
  reference: string
  extracted_at: string
  passed_to: { kind: string; recipient: string }[]
}

/** All of one customer as JSON: the head, then per kind a list, a record a line. */
export async function* jsonDocument(plan: ExtractPlan, head: DocumentHead, rows: Rows): AsyncGenerator<string> {
  yield `{\n${Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`).join("")}  "data": {`
  let open: string | null = null
  for await (const { entry, data } of rows) {
    const { kind } = plan.entries[entry]
    if (kind === open) {
      yield `,\n      ${data}`
    } else {
      yield `${open ? "\n    ]," : ""}\n    ${JSON.stringify(kind)}: [\n      ${data}`
      open = kind
    }
  }
  yield `${open ? "\n    ]\n  " : ""}}\n}\n`
}

/** One kind of one customer as CSV. */
export async function* csvDocument(plan: ExtractPlan, kind: string, rows: Rows): AsyncGenerator<string> {
  const columns = csvColumns(plan.entries.filter((entry) => entry.kind === kind))
  yield csvHead(columns)
  for await (const { entry, data } of rows) {
    yield csvLine(columns, data, plan.entries[entry])
  }
}

/** Rows that follow each other and are of one kind. Each group is to be read to its end before the next one is asked for. */
export async function* byKind(plan: ExtractPlan, rows: Rows): AsyncGenerator<{ kind: string; rows: AsyncIterable<ExtractRow> }> {
  const source = (Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : asyncOf(rows)) as AsyncIterator<ExtractRow>
  let { value: row, done } = await source.next()
  while (!done) {
    const { kind } = plan.entries[row.entry]
    yield {
      kind,
      rows: (async function* () {
        while (!done && plan.entries[row.entry].kind === kind) {
          yield row
          ;({ value: row, done } = await source.next())
        }
      })(),
    }
  }
}

async function* asyncOf<T>(items: Iterable<T>) {
  yield* items
}
