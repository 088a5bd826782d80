import { performance } from "node:perf_hooks"
import { setTimeout as wait } from "node:timers/promises"
import type { MedusaError } from "@medusajs/framework/utils"
import type { z } from "@medusajs/framework/zod"
import { valuesOf } from "./identifiers"
import {
  answerSchema, DestinationError, extractAnswerSchema, isDestinationError, type DestinationAnswer, type DestinationIdentifiers,
  type ExtractAnswer, type ExtractInput,
} from "./contract"
import type { Destination } from "./registry"

/** Milliseconds a call may take; work that takes longer answers `done: false` and is asked again. */
export const CALL_TIMEOUT = 60_000

/** Milliseconds for an access request, of one subject at one destination. */
export const EXTRACT_LIMITS = {
  /** A page. */
  call: CALL_TIMEOUT,
  /** All pages. */
  subject: 600_000,
  /** Before a second try; before the third twice as long. */
  pause: 1000,
  /** The longest rest a destination may ask for: an archive does not wait longer. */
  rest: 60_000,
}

/** Tries of one page. */
const EXTRACT_TRIES = 3

/** What stands where a destination named the subject. */
const NAMED = "[identifier]"

const LONGEST_ERROR = 300

/** Takes every identifier of the subject out of a text of the destination, whatever its case. */
export function withoutIdentifiers(text: string, identifiers: DestinationIdentifiers): string {
  return valuesOf(identifiers).reduce(
    (rest, value) => rest.replace(new RegExp(value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi"), NAMED),
    text
  )
}

/** A call that did not come back. */
class Late extends DestinationError {}

/** Cuts a call off that does not come back. What it still does later is repeated under the same key, so nothing comes of it. */
export async function inTime<T>(call: Promise<T>, milliseconds = CALL_TIMEOUT): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(`The destination did not answer within ${milliseconds / 1000} seconds.`)), milliseconds)
  })
  try {
    return await Promise.race([call, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Holds an answer against the contract.
 *
 * @throws DestinationError that names what is wrong with it, never what stands in it
 */
function checked<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const parsed = schema.safeParse(answer)
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues
    throw new DestinationError(`The destination's answer breaks the contract (${path.join(".") || "answer"}: ${message}). Its provider must be mended.`)
  }
  return parsed.data
}

export function checkAnswer(answer: unknown, identifiers: DestinationIdentifiers): DestinationAnswer {
  const { removed, retained, messages, ...rest } = checked(answerSchema, answer)
  const clean = (text: string) => withoutIdentifiers(text, identifiers)
  return {
    ...rest,
    removed: removed.map(({ what, count }) => ({ what: clean(what), count })),
    retained: retained.map(({ what, why }) => ({ what: clean(what), why: clean(why) })),
    messages: messages.map(clean),
  }
}

/** An error as it may be stored: a destination's own words without identifiers, of any other error only its kind. */
export function errorText(error: unknown, identifiers?: DestinationIdentifiers): string {
  if (isDestinationError(error) || (error as MedusaError)?.__isMedusaError) {
    const { message } = error as Error
    return (identifiers ? withoutIdentifiers(message, identifiers) : message).slice(0, LONGEST_ERROR)
  }
  return errorKind(error)
}

/** The kind of an error alone: its message may quote what was told. */
export function errorKind(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string }
  return [name ?? "Error", code].filter(Boolean).join(" ")
}

/**
 * Reads everything a destination holds on a subject, page by page. What may pass is tried again; what does not come back is not.
 *
 * @throws DestinationError on an answer that breaks the contract, when it takes too long, or when the destination fails
 */
export async function* extractFrom({ provider }: Destination, input: Omit<ExtractInput, "cursor">): AsyncGenerator<ExtractAnswer> {
  const end = performance.now() + EXTRACT_LIMITS.subject
  let cursor: string | null = null
  while (provider.extract) {
    const page: ExtractAnswer = checked(extractAnswerSchema, await askPage(provider.extract.bind(provider), { ...input, cursor }, end))
    yield page
    if (page.done) {
      return
    }
    if (!page.cursor || page.cursor === cursor) {
      throw new DestinationError("The destination's extract does not come forward: a page that is not the last needs a new cursor.")
    }
    cursor = page.cursor
  }
}

async function askPage(extract: (input: ExtractInput) => Promise<ExtractAnswer>, input: ExtractInput, end: number): Promise<ExtractAnswer> {
  for (let tries = 1; ; tries += 1) {
    const left = end - performance.now()
    if (left <= 0) {
      throw new Late(`The destination did not come to an end within ${EXTRACT_LIMITS.subject / 1000} seconds.`)
    }
    try {
      return await inTime(Promise.resolve().then(() => extract(input)), Math.min(EXTRACT_LIMITS.call, left))
    } catch (error) {
      const { permanent, retryAfter } = isDestinationError(error) ? error.options : {}
      const pause = retryAfter === undefined ? EXTRACT_LIMITS.pause * 2 ** (tries - 1) : retryAfter * 1000
      if (permanent || error instanceof Late || tries === EXTRACT_TRIES || pause > Math.min(EXTRACT_LIMITS.rest, end - performance.now())) {
        throw error
      }
      await wait(pause)
    }
  }
}
