import http from "node:http"
import type { AddressInfo } from "node:net"

/** A request as the receiver got it. */
export interface Received {
  headers: Record<string, string>
  body: string
  at: number
}

/** A webhook receiver on this machine: writes everything down and answers as the test says. */
export async function startReceiver() {
  const received: Received[] = []
  const receiver = {
    url: "",
    received,
    /** Status, headers and body of the next answers. */
    answer: (_request: Received): { status: number; headers?: Record<string, string>; body?: string } => ({ status: 200 }),
    of: (id: string) => received.filter(({ headers }) => headers["webhook-id"] === id),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = http.createServer((req, res) => {
    let body = ""
    req.on("data", (part) => (body += part))
    req.on("end", () => {
      const request = { headers: req.headers as Record<string, string>, body, at: Date.now() }
      received.push(request)
      const { status, headers = {}, body: text = "" } = receiver.answer(request)
      res.writeHead(status, headers).end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return receiver
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>
