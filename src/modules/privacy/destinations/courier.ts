import { performance } from "node:perf_hooks"
import type { Courier } from "../jobs/dispatcher"
import type { Delivery, DeliveryResult, Progress, Step } from "../jobs/outbox"
import type { HashKeys } from "../options"
import { CALL_TIMEOUT, checkAnswer, errorText, inTime } from "./call"
import { isDestinationError, type DestinationAnswer, type DestinationIdentifiers, type DestinationInput } from "./contract"
import { openIdentifiers } from "./identifiers"
import type { Destination } from "./registry"

/** Calls side by side to a destination that takes one subject a call. */
const SIDE_BY_SIDE = 4

/** Subjects `eraseMany` is given at once, unless the destination says otherwise. */
const DEFAULT_BATCH = 100

/** Longest wait between two tries: a destination that was down overnight is told in the morning. */
const LONGEST_WAIT = 6 * 3600

/** A destination that never comes to an end is asked more and more rarely, not in circles. */
const PATIENT_PAGES = 200

const MOST_LINES = 200

/** What the call of one delivery came to. */
interface Called {
  input: DestinationInput
  answer?: DestinationAnswer
  error?: unknown
  duration: number
}

/** Brings deliveries to a destination of the options, one page a step. */
export function providerCourier(keys: HashKeys, destination: Destination): Courier {
  const { provider } = destination
  return {
    batch: provider.eraseMany ? (provider.batchSize ?? DEFAULT_BATCH) : SIDE_BY_SIDE,
    lease: CALL_TIMEOUT / 1000 + 30,
    isSpent: ({ overdue }) => overdue,
    quota: provider.quota,
    deliver(deliveries) {
      const opened = deliveries.map((delivery) => open(keys, delivery))
      const called = callAll(destination, opened)
      const steps = called.map(async (call, index) => stepOf(destination, deliveries[index], await call))
      // What went out in one call is written down in one statement.
      return provider.eraseMany ? [Promise.all(steps)] : steps.map(async (step) => [await step])
    },
  }
}

type Opened = { delivery: Delivery; input: DestinationInput } | { delivery: Delivery; error: unknown }

const NOTHING: DestinationInput = {
  identifiers: { customer_ids: [], emails: [], account_holders: [] }, reference: "", idempotency_key: "", method: "anonymize", cursor: null,
}

function open(keys: HashKeys, delivery: Delivery): Opened {
  try {
    const { reference, method } = delivery.payload as Pick<DestinationInput, "reference" | "method">
    return {
      delivery,
      input: {
        identifiers: openIdentifiers(keys, delivery.identifiers ?? ""),
        reference,
        method,
        idempotency_key: delivery.id,
        cursor: delivery.progress?.cursor ?? null,
      },
    }
  } catch (error) {
    return { delivery, error }
  }
}

const phaseOf = ({ provider }: Destination, { progress }: Delivery): Progress["phase"] => progress?.phase ?? (provider.cancel ? "cancel" : "erase")

function callAll(destination: Destination, opened: Opened[]): Promise<Called>[] {
  const { provider } = destination
  const many = provider.eraseMany?.bind(provider)
  const together = many ? opened.flatMap((one) => ("input" in one && phaseOf(destination, one.delivery) === "erase" ? [one] : [])) : []
  const answers = many && together.length ? callMany(many, together.map(({ input }) => input)) : null
  return opened.map(async (one): Promise<Called> => {
    if ("error" in one) {
      return { input: NOTHING, error: one.error, duration: 0 }
    }
    const place = together.indexOf(one)
    if (answers && place >= 0) {
      return (await answers)[place]
    }
    const phase = phaseOf(destination, one.delivery)
    return timed(one.input, () => (phase === "cancel" ? provider.cancel?.(one.input) : provider.erase?.(one.input)))
  })
}

async function timed(input: DestinationInput, call: () => Promise<DestinationAnswer> | undefined): Promise<Called> {
  const start = performance.now()
  try {
    const answer = checkAnswer(await inTime(Promise.resolve().then(call)), input.identifiers)
    return { input, answer, duration: performance.now() - start }
  } catch (error) {
    return { input, error, duration: performance.now() - start }
  }
}

async function callMany(eraseMany: (inputs: DestinationInput[]) => Promise<(DestinationAnswer | Error)[]>, inputs: DestinationInput[]): Promise<Called[]> {
  const start = performance.now()
  try {
    const answers = await inTime(Promise.resolve().then(() => eraseMany(inputs)))
    const duration = performance.now() - start
    return inputs.map((input, index) => {
      const answer = Array.isArray(answers) ? answers[index] : undefined
      try {
        if (answer instanceof Error) {
          throw answer
        }
        return { input, answer: checkAnswer(answer, input.identifiers), duration }
      } catch (error) {
        return { input, error, duration }
      }
    })
  } catch (error) {
    return inputs.map((input) => ({ input, error, duration: performance.now() - start }))
  }
}

function stepOf(destination: Destination, delivery: Delivery, { input, answer, error, duration }: Called): Step {
  const phase = phaseOf(destination, delivery)
  const same = { delivery, progress: delivery.progress, result: delivery.result }
  if (!answer) {
    return failure(same, error, input.identifiers, duration)
  }
  const result = add(delivery.result, answer)
  const attempt = { status_code: null, duration_ms: duration, response: null }
  if (answer.done && phase === "erase") {
    return { delivery, status: "acknowledged", next: null, counts: true, result, attempt }
  }
  const pages = (delivery.progress?.pages ?? 0) + 1
  const progress: Progress = answer.done ? { phase: "erase", cursor: null, pages } : { phase, cursor: answer.cursor ?? null, pages }
  const next = Math.max(answer.check_after ?? 0, pages > PATIENT_PAGES ? 60 : 0)
  return { delivery, status: "sent", next, counts: false, progress, result, attempt }
}

/** Tries on until the deadline, more and more rarely. What was handed over stays so. */
function failure(same: Pick<Step, "delivery" | "progress" | "result">, error: unknown, identifiers: DestinationIdentifiers, duration: number): Step {
  const { delivery } = same
  const { permanent, retryAfter, status } = isDestinationError(error) ? error.options : {}
  const step = { ...same, error: errorText(error, identifiers), attempt: { status_code: status ?? null, duration_ms: duration, response: null } }
  if (retryAfter !== undefined) {
    return { ...step, status: delivery.status, next: Math.max(1, retryAfter), counts: false, rest: Math.max(1, retryAfter) }
  }
  if (permanent || delivery.overdue) {
    return { ...step, status: "failed", next: null, counts: true }
  }
  return { ...step, status: delivery.status, next: Math.min(LONGEST_WAIT, 2 ** Math.min(delivery.attempts, 20)), counts: true }
}

/** Adds a page to what the pages before it came to. */
function add(before: DeliveryResult | null, { removed, retained, messages }: DestinationAnswer): DeliveryResult {
  const counts = new Map(before?.removed.map(({ what, count }) => [what, count]))
  removed.forEach(({ what, count }) => counts.set(what, (counts.get(what) ?? 0) + count))
  const kept = new Map([...(before?.retained ?? []), ...retained].map((item) => [`${item.what}\0${item.why}`, item]))
  return {
    removed: [...counts].slice(0, MOST_LINES).map(([what, count]) => ({ what, count })),
    retained: [...kept.values()].slice(0, MOST_LINES),
    messages: [...new Set([...(before?.messages ?? []), ...messages])].slice(0, MOST_LINES),
  }
}
