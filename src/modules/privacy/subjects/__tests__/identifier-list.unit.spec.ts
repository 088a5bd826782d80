import { Readable } from "node:stream"
import fc from "fast-check"
import { readIdentifierList, type ListedIdentifier } from "../identifier-list"

/** Reads a file that arrives in these pieces. */
async function read(...pieces: (string | Buffer)[]): Promise<ListedIdentifier[]> {
  const found: ListedIdentifier[] = []
  for await (const lines of readIdentifierList(Readable.from(pieces.map((piece) => Buffer.from(piece as string))))) {
    found.push(...lines)
  }
  return found
}

const values = async (...pieces: (string | Buffer)[]) => (await read(...pieces)).map(({ value }) => value)

/** Any bytes, cut into pieces of this size. */
const cut = (bytes: Buffer, size: number) => Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size))

const LINE_ENDS = ["\n", "\r\n", "\r"]

describe("a list of identifiers", () => {
  it.each(LINE_ENDS)("is numbered by its lines, blank ones counted, with line ends %j", async (end) => {
    expect(await read(["a@x", "", "  ", "b@x", ""].join(end))).toEqual([
      { line: 1, value: "a@x" },
      { line: 4, value: "b@x" },
    ])
  })

  it("may mix its line ends", async () => {
    expect((await read("a@x\r\nb@x\nc@x\rd@x\n\re@x")).map(({ line, value }) => `${line} ${value}`)).toEqual(["1 a@x", "2 b@x", "3 c@x", "4 d@x", "6 e@x"])
  })

  it("is the same however it arrives: in pieces that end within a character, a line end or a quoted value", async () => {
    const identifier = fc.stringMatching(/^[a-zäß☃😀][a-zäß☃😀@.]{0,11}$/u)
    const line = fc.record({ identifier, quoted: fc.boolean(), blank: fc.constantFrom("", " ", " ;", ","), end: fc.constantFrom(...LINE_ENDS) })
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom("utf8", "utf16le"), async (lines, size, encoding) => {
        fc.pre(!/^(mail|id|name|e-?mail|phone)s?$/i.test(lines[0].identifier))
        const text = lines.map(({ identifier: value, quoted, blank, end }) => (quoted ? `"${value}"` : value) + blank + end).join("")
        const bytes = Buffer.from(`\uFEFF${text}`, encoding as BufferEncoding)
        // The byte order mark comes with the first piece, as it does from a file.
        const found = await values(bytes.subarray(0, 4), ...cut(bytes.subarray(4), size))
        expect(found).toEqual(lines.map(({ identifier: value }) => value.trim()))
      })
    )
  })

  it.each([
    ['"a@x"', "a@x"],
    ['  "a@x"  ;', "a@x"],
    ['"a;b@x",', "a;b@x"],
    ['"say ""a""@x"', 'say "a"@x'],
    [' "  a@x " ', "a@x"],
    ['=HYPERLINK("http://x")@y', '=HYPERLINK("http://x")@y'],
    ['"a"b@x', '"a"b@x'],
    ['""', undefined],
    [" ; ,\t ", undefined],
  ])("takes the line %j as %j", async (line, value) => {
    expect(await values(`first@x\n${line}\n`)).toEqual(["first@x", ...(value === undefined ? [] : [value])])
  })

  it.each<[string, string | Buffer, string]>([
    ["a header", "\n E-Mail \na@x", 'Line 2 ("E-Mail") looks like a header. Remove it: the file must have one identifier a line and no header.'],
    ["a quoted header", '"customer_id"\n', 'Line 1 ("customer_id") looks like a header. Remove it: the file must have one identifier a line and no header.'],
    ["several columns", "a@x\n\n1;2;;3", "Line 3 has 3 columns. The file must have one identifier a line and nothing else."],
    ["quoted columns", '"a@x","Berta"', "Line 1 has 2 columns. The file must have one identifier a line and nothing else."],
    ["a long line", `a@x\n${"x".repeat(1001)}\n`, "Line 2 is longer than 1000 characters. The file must have one identifier a line."],
    ["a quotation mark that is not closed", 'a@x\n "b@x\n"c@x"', "Line 2 cannot be read: a quotation mark is not closed. The file must have one identifier a line."],
    ["a doubled quotation mark at the end", 'a@x\n"b@x""', "Line 2 cannot be read: a quotation mark is not closed. The file must have one identifier a line."],
    ["a zero byte", "a@x\nb@x\0", "The file is not a text file (line 2). Save it as .txt or .csv in UTF-8."],
    ["bytes that are no text", Buffer.concat([Buffer.from("a@x\n"), Buffer.from([0xff])]), "The file is not valid text after line 1. Save it as .txt or .csv in UTF-8."],
  ])("is refused with the line: %s", async (_, content, message) => {
    await expect(read(content)).rejects.toMatchObject({ type: "invalid_data", message })
  })

  it("is refused as soon as a line without an end is too long", async () => {
    let pieces = 0
    const endless = Readable.from(
      (function* () {
        for (;;) {
          pieces += 1
          yield Buffer.alloc(400, "x")
        }
      })(),
      { highWaterMark: 1 }
    )
    const all = async () => {
      for await (const lines of readIdentifierList(endless)) {
        expect(lines).toEqual([])
      }
    }
    await expect(all()).rejects.toThrow("Line 1 is longer than 1000 characters")
    expect(pieces).toBeLessThan(10)
  })

  it("holds one piece of the file at a time", async () => {
    let given = 0
    const source = Readable.from(
      (function* () {
        for (let piece = 0; piece < 50; piece += 1) {
          given += 1
          yield Buffer.from(`${piece}a@x\n${piece}b@x\n`)
        }
      })(),
      { highWaterMark: 1 }
    )
    let taken = 0
    for await (const lines of readIdentifierList(source)) {
      taken += 1
      expect(lines.length).toBeLessThanOrEqual(2)
      expect(given - taken).toBeLessThanOrEqual(3)
    }
    expect(given).toBe(50)
  })

  it("may be empty", async () => {
    expect(await read("")).toEqual([])
    expect(await read("\n\n")).toEqual([])
  })
})
