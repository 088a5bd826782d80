import fc from "fast-check"
import Papa from "papaparse"
import { BYTE_ORDER_MARK, csvColumns, csvHead, csvLine, safeText } from "../csv"

const column = (name: string, money = false) => ({ name, sql: "", money, withheld: null })

const ENTRY = { columns: ["id", "note", "quantity", "metadata", "constructor"].map((name) => column(name)).concat(column("price", true)) }

const COLUMNS = csvColumns([ENTRY])

/** Read back by a library of other authors. */
function readBack(text: string): Record<string, string>[] {
  expect(text.startsWith(BYTE_ORDER_MARK)).toBe(true)
  const { data, errors } = Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: "greedy", delimiter: ",", newline: "\r\n" })
  expect(errors).toEqual([])
  return data
}

const write = (records: object[]) => csvHead(COLUMNS) + records.map((record) => csvLine(COLUMNS, JSON.stringify(record), ENTRY)).join("")

/** What a spreadsheet takes for a formula: PROTOCOLS of several programs, and the tricks to hide it. */
const SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
const HIDING = ["", " ", "   ", "\uFEFF", "\u200B", "\u200F ", "\u00A0", "\u2060"]

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...SIGNS, ...HIDING.filter(Boolean), '"', "'", ",", ";", "a", "1", "😀") }),
  fc.constantFrom('=cmd|" /C calc"!A0', "-2+3", "@SUM(1+9)", "＝1+1", '"', "'", "''=1", "a\r\nb", ",;\t", "-12", "+49 30 1")
)

describe("a CSV file", () => {
  it.each(HIDING.flatMap((before) => SIGNS.map((sign) => before + sign)))("never begins a text with %j", (text) => {
    expect(safeText(`${text}1+1`)).toBe(`'${text}1+1`)
  })

  it("leaves an ordinary text and our own numbers alone", () => {
    expect(safeText("Jane Doe, 12 = twelve")).toBe("Jane Doe, 12 = twelve")
    const [row] = readBack(write([{ quantity: -12, price: { amount: -9.5, currency_code: "eur" } }]))
    expect(row).toMatchObject({ quantity: "-12", price: "-9.5", price_currency: "eur" })
  })

  it("gives every value back, however hostile, when one apostrophe is taken away", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: hostile, note: hostile, quantity: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), metadata: fc.jsonValue() }), { minLength: 1, maxLength: 6 }),
        (records) => {
          const rows = readBack(write(records.map((record) => ({ record: "row", ...record }))))
          expect(rows).toHaveLength(records.length)
          rows.forEach((row, index) => {
            // As the document beside it has it: JSON knows neither -0 nor lone surrogates apart.
            const stored = JSON.parse(JSON.stringify(records[index]))
            const back = (text: string) => (text.startsWith("'") ? text.slice(1) : text)
            expect(back(row.id)).toBe(stored.id)
            expect(back(row.note)).toBe(stored.note)
            expect(Number(row.quantity)).toBe(stored.quantity)
            const { metadata } = stored
            expect(back(row.metadata)).toBe(metadata === null ? "" : typeof metadata === "string" ? metadata : typeof metadata === "object" ? JSON.stringify(metadata) : String(metadata))
            for (const value of [row.id, row.note]) {
              expect(value).not.toMatch(/^[\s\u200B-\u200F\u2060\uFEFF]*[=+\-@\t\r\n\0＝＋－＠]/)
            }
          })
        }
      ),
      { numRuns: 300 }
    )
  })

  it("has the same columns in every row, whatever the row has", () => {
    const rows = readBack(write([{ record: "a", id: "1" }, { record: "b", price: { amount: 1, currency_code: null }, constructor: "x" }]))
    expect(rows.map((row) => Object.keys(row))).toEqual([COLUMNS, COLUMNS])
    expect(rows[1]).toMatchObject({ record: "b", id: "", price: "1", price_currency: "", constructor: "x" })
    expect(rows[0].constructor).toBe("")
  })
})
