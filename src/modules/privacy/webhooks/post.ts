import http from "node:http"
import https from "node:https"
import { isIP, type LookupFunction, type Socket } from "node:net"
import { performance } from "node:perf_hooks"
import { guardedLookup, isPublicAddress, RefusedAddressError, urlProblem, type WebhookRules } from "./guard"

/** Milliseconds for the whole exchange. */
export const TIMEOUT = 20_000

/** Bytes of an answer that are read; the rest is cut off. */
const LONGEST_ANSWER = 16 * 1024

/** What a receiver answered. */
export interface WebhookAnswer {
  status: number
  /** Seconds it asks to wait. */
  retryAfter: number | null
  body: string
  duration: number
}

/** No answer came. */
export class WebhookError extends Error {
  override readonly name = "WebhookError"
  /** @param kind for the delivery log; no address, no content */
  constructor(readonly kind: string, readonly duration: number) {
    super(kind)
  }
}

/**
 * Posts one webhook. The address is checked when the connection is made, redirects are not followed, the answer is cut off in time and
 * in length.
 *
 * @throws WebhookError when no answer came
 */
export function post(
  target: string,
  headers: Record<string, string>,
  body: string,
  rules: WebhookRules,
  { timeout = TIMEOUT, lookup = guardedLookup() }: { timeout?: number; lookup?: LookupFunction } = {}
): Promise<WebhookAnswer> {
  const start = performance.now()
  return new Promise((answer, fail) => {
    const failed = (error: unknown) => fail(new WebhookError(kindOf(error), performance.now() - start))
    // The options may have become stricter since the URL was entered.
    if (urlProblem(target, rules)) {
      return failed(new RefusedAddressError())
    }
    const url = new URL(target)
    const { request: send } = url.protocol === "https:" ? https : http
    const request = send(
      url,
      {
        method: "POST",
        headers: { ...headers, "content-type": "application/json", "content-length": String(Buffer.byteLength(body)), "user-agent": "medusa-plugin-privacy" },
        // A connection of its own: nothing checked for one endpoint is used for another.
        agent: false,
        ...(rules.allow_private ? {} : { lookup }),
      },
      (response) => {
        const parts: Buffer[] = []
        let length = 0
        const end = () => {
          request.destroy()
          answer({
            status: response.statusCode ?? 0,
            retryAfter: retryAfterOf(response.headers["retry-after"]),
            body: Buffer.concat(parts).subarray(0, LONGEST_ANSWER).toString("utf8"),
            duration: performance.now() - start,
          })
        }
        response.on("data", (part: Buffer) => {
          parts.push(part)
          length += part.length
          if (length >= LONGEST_ANSWER) {
            end()
          }
        })
        response.on("end", end)
        response.on("error", failed)
      }
    )
    const limit = setTimeout(() => request.destroy(Object.assign(new Error(), { code: "ETIMEDOUT" })), timeout)
    request.on("close", () => clearTimeout(limit))
    request.on("error", failed)
    if (!rules.allow_private) {
      request.on("socket", (socket) => refusePrivate(socket, request))
    }
    request.end(body)
  })
}

/** Once more, at the connection itself: an address written into the URL is not looked up. */
function refusePrivate(socket: Socket, request: http.ClientRequest): void {
  socket.once("connect", () => {
    if (!socket.remoteAddress || !isIP(socket.remoteAddress) || !isPublicAddress(socket.remoteAddress)) {
      request.destroy(new RefusedAddressError())
    }
  })
}

const LONGEST_RETRY = 86_400

/** Seconds, or a date; at most a day. */
function retryAfterOf(header: string | undefined): number | null {
  if (!header) {
    return null
  }
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(LONGEST_RETRY, Math.max(0, Math.ceil(seconds))) : null
}

const KINDS: Record<string, string> = {
  ETIMEDOUT: "no answer in time",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection broke off",
  EPIPE: "the connection broke off",
  ENOTFOUND: "the host was not found",
  EAI_AGAIN: "the host was not found",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the host cannot be reached",
}

function kindOf(error: unknown): string {
  if (error instanceof RefusedAddressError) {
    return error.message
  }
  const { code = "" } = error as { code?: string }
  return KINDS[code] ?? (/CERT|TLS|SSL|ALTNAME|SELF_SIGNED|UNABLE_TO/.test(code) ? `the certificate is not valid (${code})` : `no connection (${code || "unknown"})`)
}
