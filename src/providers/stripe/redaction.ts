import type Stripe from "stripe"
import { DestinationError, type DestinationAnswer } from "../../destinations"
import { told } from "./client"

/** A redaction job, as far as it matters here. It is not in the SDK's types. */
interface RedactionJob {
  id: string
  status: string
}

const JOBS = "/v1/privacy/redaction_jobs"

/** Cursor: the number of the customer and, once there is one, its job. */
export const redactionCursor = (index: number, job = "") => `${index}${job ? `:${job}` : ""}`

export function parseCursor(cursor: string | null): { index: number; job: string | null } {
  const [index = "0", job] = (cursor ?? "0").split(":")
  return { index: Number(index), job: job ?? null }
}

const call = async (stripe: Stripe, method: "GET" | "POST", path: string, params?: object, options?: object): Promise<RedactionJob> => {
  try {
    return (await stripe.rawRequest(method, path, params as never, options as never)) as unknown as RedactionJob
  } catch (error) {
    throw told(error)
  }
}

/**
 * One step of a redaction: makes the job, starts it once Stripe has checked it, looks whether it is done.
 *
 * @returns `done` when this customer is redacted
 */
export async function redactStep(
  stripe: Stripe,
  customer: string,
  { index, job: id }: { index: number; job: string | null },
  key: string,
  pollSeconds: number
): Promise<DestinationAnswer> {
  if (!id) {
    const created = await call(stripe, "POST", JOBS, { objects: { customers: [customer] }, validation_behavior: "fix" }, { idempotencyKey: `${key}-redact-${index}` })
    return waiting(index, created.id, pollSeconds)
  }
  const job = await call(stripe, "GET", `${JOBS}/${id}`)
  switch (job.status) {
    case "created":
    case "validating":
    case "redacting":
      return waiting(index, id, pollSeconds)
    case "ready":
      await call(stripe, "POST", `${JOBS}/${id}/run`, {}, { idempotencyKey: `${key}-run-${index}` })
      return waiting(index, id, pollSeconds)
    case "succeeded":
      return { removed: [{ what: "Stripe customer (redacted)", count: 1 }], retained: [], messages: [], done: true }
    default:
      throw new DestinationError(
        `Stripe ended the redaction job ${id} as ${job.status}. Look at its errors in Stripe's dashboard, then retry, or choose on_erase: "delete".`,
        { permanent: true }
      )
  }
}

const waiting = (index: number, job: string, seconds: number): DestinationAnswer => ({
  removed: [], retained: [], messages: [], done: false, cursor: redactionCursor(index, job), check_after: seconds,
})
