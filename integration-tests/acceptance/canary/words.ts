import fs from "node:fs"
import path from "node:path"
import { matcher, type Rows } from "./rows"
import type { Person } from "./person"

/** Everything that names the person, wherever it stands. */
export function wordsOf({ email, first_name, last_name, phone, company_name, address }: Person): string[] {
  return [
    email, email.split("@")[0], first_name, last_name, phone, phone.replace(/[^0-9+]/g, ""), company_name, address.address_1, address.address_2,
  ]
}

/** Rows that hold one of the words: `table key: columns`. `skip` leaves rows out. */
export function rowsWith(rows: Rows, words: string[], skip: (table: string, key: string, row: string) => boolean = () => false): string[] {
  const pattern = matcher(words)
  const hits: string[] = []
  for (const [table, found] of rows) {
    for (const [key, row] of found) {
      if (pattern.test(row) && !skip(table, key, row)) {
        hits.push(`${table} ${key}: ${columnsWith(row, pattern)}`)
      }
    }
  }
  return hits
}

const columnsWith = (row: string, pattern: RegExp) =>
  Object.entries(JSON.parse(row))
    .filter(([, value]) => pattern.test(JSON.stringify(value) ?? ""))
    .map(([column, value]) => `${column} = ${JSON.stringify(value).slice(0, 200)}`)
    .join("; ")

/** Files of the demo store's local storage. */
const STORAGE = path.resolve("demo/static")

export function readStorage(): Map<string, Buffer> {
  const found = fs.existsSync(STORAGE) ? fs.readdirSync(STORAGE, { recursive: true, withFileTypes: true }) : []
  return new Map(
    found
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [file, fs.readFileSync(file)])
  )
}

export function restoreStorage(files: Map<string, Buffer>): void {
  files.forEach((content, file) => {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, content)
  })
}

export function filesWith(words: string[]): string[] {
  const pattern = matcher(words)
  return [...readStorage()].filter(([file, content]) => pattern.test(file) || pattern.test(content.toString("utf8"))).map(([file]) => file)
}

export function linesWith(log: string, words: string[]): string[] {
  const pattern = matcher(words)
  return fs.readFileSync(log, "utf8").split("\n").filter((line) => pattern.test(line))
}
