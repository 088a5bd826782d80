import { z } from "@medusajs/framework/zod"
import type { Method } from "../data-map/definition"
import { strictObject } from "../strict-object"

/** What a destination may ask to know a subject by. */
export const IDENTIFIER_NEEDS = ["customer_id", "email", "account_holder"] as const

export type IdentifierNeed = (typeof IDENTIFIER_NEEDS)[number]

/** What is known of a subject; only what the destination declared under `needs` is filled. */
export interface DestinationIdentifiers {
  /** Medusa ids of the subject's account and guest records. */
  customer_ids: string[]
  /** The subject's e-mail addresses, trimmed, NFKC, lower case; none that a live account has which was not asked for. */
  emails: string[]
  /** Accounts at payment providers, such as Stripe customers. */
  account_holders: { provider_id: string; external_id: string }[]
}

/** One call about one subject. */
export interface DestinationInput {
  identifiers: DestinationIdentifiers
  /** Reference number of the privacy request. */
  reference: string
  /** The same at every repeat of this delivery: an effect that repeats under it must have no second effect. */
  idempotency_key: string
  method: Method
  /** What the last answer gave as `cursor`; null at first. */
  cursor: string | null
}

const what = z.string().min(1).max(200)

/** What a destination answers. Strict: a word it does not know is an error, so that a misspelt one is not taken for "nothing". */
export const answerSchema = strictObject({
  /** What is gone, in the destination's words, with its number. */
  removed: z.array(strictObject({ what, count: z.number().int().min(0) })).max(100),
  /** What stays, and why. */
  retained: z.array(strictObject({ what, why: z.string().min(1).max(500) })).max(100),
  /** For officers; no personal data. */
  messages: z.array(z.string().max(1000)).max(100),
  /** True when nothing is left to do. Otherwise the destination is called again with `cursor`. */
  done: z.boolean(),
  /** Where to go on. At most 4,000 characters. */
  cursor: z.string().max(4000).nullish(),
  /** Seconds until it makes sense to call again, at most a week; left out: at once. */
  check_after: z.number().min(0).max(604_800).optional(),
})

/** Answer of `erase` and `cancel`. */
export type DestinationAnswer = z.infer<typeof answerSchema>

export const extractAnswerSchema = strictObject({
  /** Records by kind, as they shall stand in the archive. */
  data: z.array(strictObject({ kind: what, records: z.array(z.record(z.string(), z.unknown())).max(10_000) })).max(100),
  messages: z.array(z.string().max(1000)).max(100).default([]),
  done: z.boolean(),
  cursor: z.string().max(4000).nullish(),
})

/** Answer of `extract`: one page. */
export type ExtractAnswer = z.infer<typeof extractAnswerSchema>

export type ExtractInput = Pick<DestinationInput, "identifiers" | "reference" | "cursor">

/**
 * A system outside the database that must be told. Written as a Medusa module provider:
 *
 * @example
 * class NewsletterDestination implements DestinationProvider {
 *   static identifier = "newsletter"
 *   readonly needs = ["email"] as const
 *   constructor(_dependencies: unknown, private readonly options: { token: string }) {}
 *   async erase({ identifiers, idempotency_key }: DestinationInput) {
 *     const removed = await removeSubscribers(identifiers.emails, { token: this.options.token, key: idempotency_key })
 *     return { removed: [{ what: "newsletter subscription", count: removed }], retained: [], messages: [], done: true }
 *   }
 * }
 * export default ModuleProvider("privacy", { services: [NewsletterDestination] })
 */
export interface DestinationProvider {
  /** Identifiers the destination knows the subject by. They are kept, sealed, until its delivery ends. */
  readonly needs: readonly IdentifierNeed[]
  /** False when the destination cannot know this subject: then there is no delivery. Default: whoever has any needed identifier. */
  concerns?(identifiers: DestinationIdentifiers): boolean
  /** Erases the subject, page by page, until it answers `done`. Already gone is success. */
  erase?(input: DestinationInput): Promise<DestinationAnswer>
  /**
   * In place of `erase`: many subjects at once, each at its own cursor. Answers one answer, or one error, per input, in their order.
   */
  eraseMany?(inputs: DestinationInput[]): Promise<(DestinationAnswer | Error)[]>
  /** The most inputs `eraseMany` takes. Default 100. */
  readonly batchSize?: number
  /** Ends what still runs for the subject (subscriptions, scheduled messages). Called to its end before `erase`. */
  cancel?(input: DestinationInput): Promise<DestinationAnswer>
  /** What the destination holds on the subject, page by page, for an access request. */
  extract?(input: ExtractInput): Promise<ExtractAnswer>
  /** The most subjects the destination takes in so many days; more wait until there is room. */
  readonly quota?: { subjects: number; days: number }
}

/** How a destination says what went wrong; anything else it throws is taken for a passing fault. */
export class DestinationError extends Error {
  override readonly name = "DestinationError"

  /**
   * @param message for officers: what happened and what to do; no personal data
   * @param options.permanent trying again makes no sense: the delivery fails at once and waits for an officer
   * @param options.retryAfter seconds: the destination is busy, and the delivery waits without counting as a failed try
   * @param options.status HTTP status, for the log
   */
  constructor(message: string, readonly options: { permanent?: boolean; retryAfter?: number; status?: number } = {}) {
    super(message)
  }
}

/** True also for an error of another copy of this package. */
export const isDestinationError = (error: unknown): error is DestinationError =>
  error instanceof Error && error.name === "DestinationError" && typeof (error as DestinationError).options === "object"
