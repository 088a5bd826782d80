import { MedusaError } from "@medusajs/framework/utils"
import type Stripe from "stripe"
import { DestinationError } from "../../destinations"
import type { CheckedStripeOptions } from "./options"

/** Milliseconds a call may take. */
const TIMEOUT = 20_000

/** Seconds to rest where Stripe asks to slow down without saying how long. */
const DEFAULT_REST = 30

/**
 * Stripe's official SDK, which the store installs.
 *
 * @throws MedusaError INVALID_DATA when it is not installed
 */
export function stripeClient({ api_key, api_host }: CheckedStripeOptions): Stripe {
  let Client: typeof Stripe
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional peer: only stores with this destination have it
    Client = require("stripe")
  } catch {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, 'Privacy: the Stripe destination needs Stripe\'s SDK. Install it: npm install stripe')
  }
  const host = api_host ? new URL(api_host) : null
  return new Client(api_key, {
    timeout: TIMEOUT,
    // The outbox tries again, and knows of every try.
    maxNetworkRetries: 0,
    telemetry: false,
    ...(host ? { host: host.hostname, port: host.port || undefined, protocol: host.protocol === "http:" ? "http" : "https" } : {}),
  })
}

/** A call that may find its object gone: that is success. */
export async function orGone<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call
  } catch (error) {
    if (isGone(error)) {
      return null
    }
    throw told(error)
  }
}

/** "No such …", or already cancelled: another try, or somebody at Stripe, was quicker. */
function isGone(error: unknown): boolean {
  const { code, statusCode, message = "" } = error as { code?: string; statusCode?: number; message?: string }
  return code === "resource_missing" || statusCode === 404 || (statusCode === 400 && /already (been )?(canceled|cancelled|deleted|released)/i.test(message))
}

/** Stripe's error without its words, which quote ids and addresses. */
export function told(error: unknown): Error {
  const { type = "", code, statusCode: status, headers } = error as { type?: string; code?: string; statusCode?: number; headers?: Record<string, string> }
  if (!type.startsWith("Stripe")) {
    return error as Error
  }
  if (type === "StripeRateLimitError" || code === "lock_timeout") {
    return new DestinationError("Stripe asked to slow down.", { status, retryAfter: Number(headers?.["retry-after"]) || DEFAULT_REST })
  }
  if (type === "StripeAuthenticationError" || type === "StripePermissionError") {
    return new DestinationError("The Stripe key is not valid or may not do this. Set one in the options that may write customers and subscriptions.", { status })
  }
  const kind = [type, code].filter(Boolean).join(" ")
  return new DestinationError(`Stripe did not do it (${kind}).`, { status, permanent: type === "StripeInvalidRequestError" })
}
