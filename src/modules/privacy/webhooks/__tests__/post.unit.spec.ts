import http from "node:http"
import type { AddressInfo } from "node:net"
import { guardedLookup, type Resolve } from "../guard"
import { post, type WebhookError } from "../post"

const LOCAL = { allow_http: true, allow_private: true }
const PUBLIC_ONLY = { allow_http: true, allow_private: false }

let server: http.Server
let port: number
let behaviour: http.RequestListener
let requests: { url?: string; headers: http.IncomingHttpHeaders; body: string }[]
let connections: number

beforeAll(async () => {
  server = http.createServer((req, res) => {
    let body = ""
    req.on("data", (part) => (body += part))
    req.on("end", () => {
      requests.push({ url: req.url, headers: req.headers, body })
      behaviour(req, res)
    })
  })
  server.on("connection", () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  port = (server.address() as AddressInfo).port
})

beforeEach(() => {
  requests = []
  connections = 0
  behaviour = (_req, res) => res.end()
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const here = (path = "/hook") => `http://127.0.0.1:${port}${path}`
const failure = (sent: Promise<unknown>) => sent.then(() => fail(new Error("It was sent")), (error: WebhookError) => error)

describe("posting a webhook", () => {
  it("sends the body with its headers and gives status, wait and answer", async () => {
    behaviour = (_req, res) => res.writeHead(429, { "retry-after": "17" }).end('{"a":1}')
    const answer = await post(here("/hook?x=1"), { "webhook-id": "msg_1" }, '{"ä":1}', LOCAL)
    expect(answer).toEqual({ status: 429, retryAfter: 17, body: '{"a":1}', duration: expect.any(Number) })
    expect(requests).toEqual([
      { url: "/hook?x=1", body: '{"ä":1}', headers: expect.objectContaining({ "webhook-id": "msg_1", "content-type": "application/json", "content-length": "8" }) },
    ])
  })

  it.each([
    ["Sun, 06 Nov 1994 08:49:37 GMT", 0], [new Date(Date.now() + 100_000).toUTCString(), expect.any(Number)], ["999999999", 86_400], ["soon", null],
  ])("reads the wait %s", async (header, seconds) => {
    behaviour = (_req, res) => res.writeHead(503, { "retry-after": header }).end()
    expect(await post(here(), {}, "{}", LOCAL)).toMatchObject({ retryAfter: seconds })
  })

  it.each([301, 302, 303, 307, 308])("does not follow a redirect (%i)", async (status) => {
    behaviour = (_req, res) => res.writeHead(status, { location: here("/elsewhere") }).end()
    expect(await post(here(), {}, "{}", LOCAL)).toMatchObject({ status })
    expect(requests.map(({ url }) => url)).toEqual(["/hook"])
  })

  it("cuts off who answers too slowly, before and in the middle of the answer", async () => {
    behaviour = () => undefined
    expect(await failure(post(here(), {}, "{}", LOCAL, { timeout: 100 }))).toMatchObject({ name: "WebhookError", kind: "no answer in time" })
    behaviour = (_req, res) => {
      res.write("a")
      const drip = setInterval(() => res.write("a"), 20)
      res.on("close", () => clearInterval(drip))
    }
    expect(await failure(post(here(), {}, "{}", LOCAL, { timeout: 150 }))).toMatchObject({ kind: "no answer in time" })
  })

  it("reads no more than a little of an endless answer", async () => {
    behaviour = (_req, res) => {
      const pour = () => {
        while (res.write("x".repeat(16_384))) {
          // until the socket is full
        }
      }
      res.on("drain", pour)
      pour()
    }
    const { status, body } = await post(here(), {}, "{}", LOCAL)
    expect([status, body.length]).toEqual([200, 16_384])
  })

  it("says what kind of failure it was, never where", async () => {
    const { port: closed } = await new Promise<AddressInfo>((resolve) => {
      const other = http.createServer().listen(0, "127.0.0.1", () => {
        const address = other.address() as AddressInfo
        other.close(() => resolve(address))
      })
    })
    expect(await failure(post(`http://127.0.0.1:${closed}/`, {}, "{}", LOCAL))).toMatchObject({ kind: "the connection was refused" })
    behaviour = (req) => req.socket.destroy()
    expect(await failure(post(here(), {}, "{}", LOCAL))).toMatchObject({ kind: "the connection broke off" })
    expect(await failure(post(`https://127.0.0.1:${port}/`, {}, "{}", LOCAL))).toMatchObject({ kind: expect.stringMatching(/certificate is not valid|no connection/) })
  })
})

describe("an address that webhooks must not reach", () => {
  it.each(["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "localhost", "１２７.0.0.1"])("is refused without a connection: %s", async (host) => {
    const error = await failure(post(`http://${host}:${port}/`, {}, "{}", PUBLIC_ONLY))
    expect(error.kind).toMatch(/private, local or reserved address/)
    expect(connections).toBe(0)
  })

  it("is refused when a name leads there", async () => {
    const lookup = guardedLookup(((_host, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }])) as Resolve)
    expect(await failure(post(`http://shop.example:${port}/`, {}, "{}", PUBLIC_ONLY, { lookup }))).toMatchObject({ kind: expect.stringMatching(/private, local or reserved/) })
    expect(connections).toBe(0)
  })

  it("is refused when a name leads there the second time it is asked for (rebinding)", async () => {
    const asked: string[] = []
    const rebinding: Resolve = (host, _options, done) => {
      asked.push(host)
      done(null, [{ address: asked.length === 1 ? "93.184.216.34" : "127.0.0.1", family: 4 }])
    }
    const lookup = guardedLookup(rebinding)
    // Somebody checks the name first and finds nothing wrong with it.
    await new Promise<void>((resolve, reject) => lookup("shop.example", { all: true }, (error) => (error ? reject(error) : resolve())))
    expect(await failure(post(`http://shop.example:${port}/`, {}, "{}", PUBLIC_ONLY, { lookup }))).toMatchObject({ kind: expect.stringMatching(/private, local or reserved/) })
    // One question for the connection, and its answer is what is connected to.
    expect(asked).toHaveLength(2)
    expect(connections).toBe(0)
  })
})
