import http from "node:http"
import type { AddressInfo } from "node:net"

/** A request to a fake. */
export interface FakeRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string>
  body: string
  /** When it came, in milliseconds. */
  at: number
}

export interface FakeAnswer {
  status?: number
  headers?: Record<string, string>
  json?: unknown
}

/** What happens to a request instead of, or before, its answer. */
export type Fault = (request: FakeRequest, number: number) => FakeAnswer | "hang up" | "lose the answer" | Promise<void> | void

/** A local server that stands for a partner: it writes every request down, and does what the test makes go wrong. */
export async function startFake(answer: (request: FakeRequest) => FakeAnswer) {
  const requests: FakeRequest[] = []
  const fake = {
    url: "",
    requests,
    /** Faults of this test; nothing goes wrong without. */
    fault: (() => undefined) as Fault,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = http.createServer((req, res) => {
    let body = ""
    req.on("data", (part) => (body += part))
    req.on("end", async () => {
      const { pathname, searchParams } = new URL(req.url as string, "http://fake")
      const request = { method: req.method as string, path: pathname, query: searchParams, headers: req.headers as Record<string, string>, body, at: Date.now() }
      requests.push(request)
      const fault = await fake.fault(request, requests.length)
      if (fault === "hang up") {
        return req.socket.destroy()
      }
      const { status = 200, headers = {}, json = {} } = typeof fault === "object" ? fault : answer(request)
      if (fault === "lose the answer") {
        return req.socket.destroy()
      }
      res.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return fake
}
