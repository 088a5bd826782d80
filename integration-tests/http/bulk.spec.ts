import { ok } from "../support/http"
import { finished } from "../support/requests"
import { newEmail, register, type Shopper } from "../support/shopper"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

const several = async (count: number): Promise<Shopper[]> => {
  const shoppers: Shopper[] = []
  for (let index = 0; index < count; index += 1) {
    shoppers.push(await register(store, { first_name: "Bulk" }))
  }
  return shoppers
}

const preview = (identifiers: string[], rest: object = {}) =>
  store.officer.post("/admin/privacy-requests/preview", { type: "erasure", identifier_type: "email", identifiers, ...rest })

const file = (identifiers: string[], rest: object = {}) =>
  store.officer.post("/admin/privacy-requests", { type: "erasure", identifier_type: "email", identifiers, ...rest })

const upload = (path: string, content: BlobPart, fields: Record<string, string> = {}, name = "list.csv") => {
  const form = new FormData()
  Object.entries({ type: "erasure", identifier_type: "email", ...fields }).forEach(([key, value]) => form.append(key, value))
  form.append("file", new Blob([content]), name)
  return store.officer.post(path, form)
}

describe("a typed list", () => {
  it("is reconciled before anything runs, and then erased as it was shown", async () => {
    const [one, two] = await several(2)
    const missing = newEmail("nobody")
    const lines = [one.email, two.email.toUpperCase(), missing, ` ${one.email} `, "not an address"]

    const { preview: shown } = await ok(preview(lines))

    expect(shown).toMatchObject({ matched: 2, not_found: 1, duplicate: 1, ambiguous: 0, total_lines: 5, subjects: 2 })
    expect(shown.invalid).toEqual([{ line: 5, reason: "not an e-mail address" }])
    expect(shown.lines.map(({ line, outcome }: { line: number; outcome: string }) => [line, outcome])).toEqual([
      [3, "not_found"],
      [4, "duplicate"],
      [5, "invalid"],
    ])

    const { privacy_request } = await ok(file(lines, { plan_hash: shown.plan_hash, confirm: 2 }))
    const request = await finished(store, privacy_request.id)
    expect(request).toMatchObject({ status: "complete", origin: "bulk", totals: { subjects: 3, complete: 2, not_found: 1 } })
    const rows = await store.database.rows("SELECT email FROM customer WHERE id = ANY($1)", [[one.id, two.id]])
    expect(rows.every(({ email }) => /@erased\.invalid$/.test(email))).toBe(true)
    const { count } = await store.database.row(
      "SELECT count(*)::int AS count FROM privacy_subject WHERE request_id = $1 AND identifier IS NOT NULL",
      [request.id]
    )
    expect(count).toBe(0)
  })

  it("is refused with the difference when the plan changed since the preview", async () => {
    const [one, two] = await several(2)
    const { preview: shown } = await ok(preview([one.email]))
    const answer = await file([one.email, two.email], { plan_hash: shown.plan_hash, confirm: 2 })
    expect(answer.status).toBe(409)
    expect(answer.body.message).toContain(`1 customers were added (${two.id})`)
  })

  it("is refused when the typed number is another, when nobody matches, and with an unknown identifier type", async () => {
    const [one] = await several(1)
    expect((await file([one.email], { confirm: 3 })).body.message).toContain("3 subjects, the list means 1")
    expect((await file([newEmail("nobody")], { confirm: 0 })).body.message).toContain("nobody to erase")
    expect((await preview(["x"], { identifier_type: "shoe_size" })).body.message).toContain("Use one of: email, customer_id")
  })

  it("names the held", async () => {
    const [one] = await several(1)
    await ok(store.officer.post(`/admin/customers/${one.id}/legal-hold`, { reason: "A dispute" }))
    const { preview: shown } = await ok(preview([one.email]))
    expect(shown).toMatchObject({ matched: 0, subjects: 1 })
    expect(shown.held).toMatchObject([{ line: 1, customer_id: one.id, holds: [{ code: "legal_hold", severity: "block" }] }])
  })

  it("puts two accounts under one address side by side and erases neither", async () => {
    const [one, two] = await several(2)
    await store.database.rows("UPDATE customer SET email = $2 WHERE id = $1", [two.id, one.email.toUpperCase()])
    const { preview: shown } = await ok(preview([one.email]))
    expect(shown).toMatchObject({ matched: 0, ambiguous: 1, subjects: 0 })
    expect(shown.lines[0].customers.map(({ id }: { id: string }) => id).sort()).toEqual([one.id, two.id].sort())
  })
})

describe("an uploaded list", () => {
  it.each<[string, (lines: string[]) => BlobPart]>([
    ["UTF-8 with a byte order mark and CRLF", (lines) => `\uFEFF${lines.join("\r\n")}\r\n`],
    ["UTF-16 little endian", (lines) => Buffer.from(`\uFEFF${lines.join("\n")}`, "utf16le")],
    ["old Mac line ends", (lines) => lines.join("\r")],
    ["quoted values, blanks, empty lines and a trailing delimiter", (lines) => lines.map((line) => `\n "${line}" ;`).join("\n\n")],
  ])("is read: %s", async (_, write) => {
    const shoppers = await several(2)
    const { preview: shown } = await ok(upload("/admin/privacy-requests/preview", write(shoppers.map(({ email }) => email))))
    expect(shown).toMatchObject({ matched: 2, not_found: 0, duplicate: 0, invalid: [] })
  })

  it.each<[string, BlobPart, string, RegExp]>([
    ["a header", "email\na@example.com", "list.csv", /Line 1 \("email"\) looks like a header/],
    ["several columns", "a@example.com\nb@example.com,Berta", "list.csv", /Line 2 has 2 columns/],
    ["a binary file", Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff, 0xfe]), "list.csv", /not (a text file|valid text)/],
    ["another kind of file", "a@example.com", "list.xlsx", /\.txt or \.csv/],
    ["an over-long line", `a@example.com\n${"x".repeat(5000)}`, "list.txt", /Line 2 is longer than 1000 characters/],
    ["an open quotation mark", `a@example.com\n"b@example.com`, "list.txt", /Line \d cannot be read/],
  ])("is refused with the line: %s", async (_, content, name, message) => {
    const answer = await upload("/admin/privacy-requests/preview", content, {}, name)
    expect(answer.status).toBe(400)
    expect(answer.body.message).toMatch(message)
  })

  it("is erased, and the lines that did not match can be downloaded safely", async () => {
    const [one] = await several(1)
    const content = `${one.email}\n=HYPERLINK("http://x")@y\n`
    const csv = await store.officer.with({ accept: "text/csv" }).send("POST", "/admin/privacy-requests/preview", formOf(content))
    expect(csv.status).toBe(200)
    expect(csv.body).toContain(`"'=HYPERLINK(""http://x"")@y"`)
    const { preview: shown } = await ok(upload("/admin/privacy-requests/preview", content))
    const { privacy_request } = await ok(upload("/admin/privacy-requests/upload", content, { plan_hash: shown.plan_hash, confirm: "1" }))
    expect(await finished(store, privacy_request.id)).toMatchObject({ totals: { complete: 1, not_found: 1 } })
  })

  it("is answered by 400, as CSV too, when the file cannot be read", async () => {
    const binary = new FormData()
    binary.append("type", "erasure")
    binary.append("identifier_type", "email")
    binary.append("file", new Blob(["someone@example.com\n", new Uint8Array([0xff, 0xfe, 0xfd])], { type: "text/plain" }), "list.txt")
    const answer = await store.officer.with({ accept: "text/csv" }).send("POST", "/admin/privacy-requests/preview", binary)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ type: "invalid_data", message: expect.stringMatching(/not valid text after line/) })
  })
})

function formOf(content: string) {
  const form = new FormData()
  form.append("type", "erasure")
  form.append("identifier_type", "email")
  form.append("file", new Blob([content]), "list.txt")
  return form
}
