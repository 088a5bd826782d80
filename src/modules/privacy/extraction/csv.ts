import { stringify } from "csv-stringify/sync"
import type { ShownEntry } from "./plan"

/**
 * What a spreadsheet may take for a formula (OWASP, CSV injection): the signs, also after blanks, a byte order mark or zero-width characters,
 * and in full width. A leading apostrophe counts too, so that exactly one is to be taken away again.
 */
const FORMULA = /^[\s\u00AD\u180E\u200B-\u200F\u2060-\u2064\uFEFF]*[=+\-@'\t\r\n\0＝＋－＠＇]|^[\t\r\n\0]/

/** A text with an apostrophe before it where a spreadsheet would see a formula. */
export const safeText = (text: string) => (FORMULA.test(text) ? `'${text}` : text)

/** Excel reads a file as UTF-8 only when it begins with this. */
export const BYTE_ORDER_MARK = "\uFEFF"

const column = (money: boolean, name: string) => (money ? [name, `${name}_currency`] : [name])

/** The columns of a kind: what the row is, then the columns of all its tables. */
export function csvColumns(entries: Pick<ShownEntry, "columns">[]): string[] {
  return [...new Set(["record", ...entries.flatMap(({ columns }) => columns.flatMap(({ money, name }) => column(money, name)))])]
}

/** A record as one value per column: amounts as number and currency, objects and lists as JSON. */
function cells(record: Record<string, unknown>, entry: Pick<ShownEntry, "columns">): Record<string, string> {
  const money = new Set(entry.columns.filter((item) => item.money).map(({ name }) => name))
  const values: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(record)) {
    if (money.has(name) && value && typeof value === "object") {
      const { amount, currency_code } = value as { amount: number; currency_code: string | null }
      values[name] = String(amount)
      values[`${name}_currency`] = safeText(currency_code ?? "")
    } else {
      values[name] = cell(value)
    }
  }
  return values
}

function cell(value: unknown): string {
  if (value === null || value === undefined) {
    return ""
  }
  // A number of ours is a number, with or without a sign.
  if (typeof value === "number" || typeof value === "boolean") {
    return String(value)
  }
  return safeText(typeof value === "string" ? value : JSON.stringify(value))
}

const write = (lines: string[][]) => stringify(lines, { quoted: true, record_delimiter: "windows" })

export const csvHead = (columns: string[]) => BYTE_ORDER_MARK + write([columns])

/** A row as a line of CSV. */
export function csvLine(columns: string[], data: string, entry: Pick<ShownEntry, "columns">): string {
  const values = cells(JSON.parse(data) as Record<string, unknown>, entry)
  return write([columns.map((name) => values[name] ?? "")])
}
