import fs from "node:fs"
import path from "node:path"
import { newAdmin } from "../support/admins"
import { sharedStore, type TestStore } from "../support/test-store"

const API = path.resolve(__dirname, "../../src/api")

/** Every route file of the plugin under /admin with the methods it has. */
const ROUTES = fs
  .readdirSync(path.join(API, "admin"), { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .flatMap((file) => {
    const source = fs.readFileSync(path.join(API, "admin", file), "utf8")
    const methods = ["GET", "POST", "DELETE"].filter((method) => new RegExp(`export (const|async function|function) ${method}\\b|export \\{[^}]*\\b${method}\\b`).test(source))
    return methods.map((method) => ({ method, pattern: `/admin/${path.dirname(file).split(path.sep).join("/")}` }))
  })
  // What the asking user may do takes nothing from the request.
  .filter(({ pattern }) => pattern !== "/admin/privacy-permissions/me")

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

const withId = (pattern: string, id: string) => pattern.replace(/\[\w+\]/g, id)

describe("a NUL", () => {
  it("is looked for on every route", () => {
    expect(ROUTES.length).toBeGreaterThan(40)
  })

  it.each(ROUTES.map((route) => [`${route.method} ${route.pattern}`, route] as const))("to %s is answered by 400 with words, wherever it stands", async (_, { method, pattern }) => {
    const answers = [await store.officer.send(method, `${withId(pattern, "x")}?q=%00`, method === "POST" ? {} : undefined)]
    if (pattern.includes("[")) {
      answers.push(await store.officer.send(method, withId(pattern, "cus_%00"), method === "POST" ? {} : undefined))
    }
    if (method === "POST") {
      answers.push(await store.officer.send(method, withId(pattern, "x"), { type: "erasure", reason: "a\0b" }))
      answers.push(await store.officer.send(method, withId(pattern, "x"), { type: "erasure", identifiers: ["a\0@example.com"] }))
    }
    for (const { status, body } of answers) {
      expect(status).toBe(400)
      expect(body).toMatchObject({ type: "invalid_data", message: expect.stringMatching(/holds a character that is no text \(NUL or half a character\)\. Remove it\./) })
    }
  })

  it("in a path tells somebody without permission no more than that", async () => {
    const { http } = await newAdmin(store, "curious-about-nul@example.test")
    expect((await http.get("/admin/privacy-requests/x%00")).status).toBe(400)
    expect((await http.get("/admin/privacy-requests/x")).status).toBe(403)
  })
})
