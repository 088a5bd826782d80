import { DestinationError, type DestinationAnswer, type DestinationInput, type DestinationProvider } from "../../destinations"
import { SegmentClient, type Regulation } from "./client"
import { checkSegmentOptions, type CheckedSegmentOptions, type SegmentOptions } from "./options"

/** What Segment's own destinations hear before the user is suppressed. */
const EVENT = "User Deleted"

/** Segment takes 500 kB a batch of tracks; one is below 400 bytes. */
const TRACKS = 1000

/** Ids of one regulation (Segment: 5,000 and 4 MB). */
const REGULATION_IDS = 5000
const REGULATION_BYTES = 4 * 1024 * 1024 - 1024

const RUNNING = new Set(["INITIALIZED", "RUNNING"])

/** States of one of Segment's destinations in which nothing more is to come. */
const SETTLED = new Set(["FINISHED", "NOT_SUPPORTED"])

type Answer = DestinationAnswer | Error

/** Where a subject has got to: told to the destinations; being regulated. */
const TRACKED = "tracked"
const REGULATED = "regulation:"

/**
 * Segment: "User Deleted" goes first, since destinations act on it; then one regulation over many subjects, looked at until its end.
 * A repeat after a crash may make a second regulation over the same users, which changes nothing more.
 */
export class SegmentDestination implements DestinationProvider {
  static identifier = "segment"

  readonly needs = ["customer_id"] as const
  readonly batchSize = REGULATION_IDS
  readonly quota: { subjects: number; days: number }
  private readonly client: SegmentClient
  private readonly options: CheckedSegmentOptions

  static validateOptions(options: unknown): void {
    checkSegmentOptions(options)
  }

  constructor(_dependencies: unknown, options: SegmentOptions) {
    this.options = checkSegmentOptions(options)
    this.client = new SegmentClient(this.options)
    this.quota = { subjects: this.options.monthly_quota, days: 30 }
  }

  async eraseMany(inputs: DestinationInput[]): Promise<Answer[]> {
    const answers = new Map<DestinationInput, Answer>()
    const at = (test: (cursor: string | null) => boolean) => inputs.filter(({ cursor }) => test(cursor))
    await this.track(at((cursor) => cursor === null), answers)
    await this.regulate(at((cursor) => cursor === TRACKED), answers)
    await this.look(at((cursor) => Boolean(cursor?.startsWith(REGULATED))), answers)
    return inputs.map((input) => answers.get(input) ?? new DestinationError("Segment's delivery has lost its place. Retry it.", { permanent: true }))
  }

  private async track(inputs: DestinationInput[], answers: Map<DestinationInput, Answer>): Promise<void> {
    for (const part of pages(inputs, TRACKS)) {
      const events = part.flatMap(({ identifiers, idempotency_key }) =>
        identifiers.customer_ids.map((userId, index) => ({ userId, messageId: index ? `${idempotency_key}-${index}` : idempotency_key }))
      )
      const answer = await this.client.track(EVENT, events).then(() => going({ cursor: TRACKED }), asError)
      part.forEach((input) => answers.set(input, answer))
    }
  }

  private async regulate(inputs: DestinationInput[], answers: Map<DestinationInput, Answer>): Promise<void> {
    for (const part of withinLimits(inputs)) {
      const users = part.flatMap(({ identifiers }) => identifiers.customer_ids)
      const answer = await this.client
        .regulate(users)
        .then((id) => going({ cursor: `${REGULATED}${id}`, check_after: this.options.poll_seconds }), asError)
      part.forEach((input) => answers.set(input, answer))
    }
  }

  /** One look a regulation, however many subjects it covers. */
  private async look(inputs: DestinationInput[], answers: Map<DestinationInput, Answer>): Promise<void> {
    for (const cursor of new Set(inputs.map((input) => input.cursor as string))) {
      const answer = await this.client.regulation(cursor.slice(REGULATED.length)).then((regulation) => this.outcome(regulation, cursor), asError)
      inputs.filter((input) => input.cursor === cursor).forEach((input) => answers.set(input, answer))
    }
  }

  private outcome({ overallStatus, streamStatus }: Regulation, cursor: string): Answer {
    if (RUNNING.has(overallStatus)) {
      return going({ cursor, check_after: this.options.poll_seconds })
    }
    const destinations = streamStatus.flatMap(({ destinationStatus }) => destinationStatus ?? [])
    const open = destinations.filter(({ status }) => !SETTLED.has(status))
    // One destination that cannot delete makes the whole FAILED: that is no reason to try again.
    if (overallStatus === "FINISHED" || (destinations.length && !open.length && overallStatus !== "INVALID")) {
      const unsupported = destinations.filter(({ status }) => status === "NOT_SUPPORTED")
      return {
        removed: [{ what: "Segment user", count: 1 }, ...destinations.filter(({ status }) => status === "FINISHED").map(({ name }) => ({ what: named(name), count: 1 }))],
        retained: unsupported.map(({ name }) => ({ what: named(name), why: "It does not support deletion through Segment: delete there by hand." })),
        messages: [`Regulation ${cursor.slice(REGULATED.length)}: ${overallStatus}`],
        done: true,
      }
    }
    const list = open.map(({ name, status }) => `${name}: ${status}`).join(", ")
    return new DestinationError(
      `Segment ended the regulation ${cursor.slice(REGULATED.length)} as ${overallStatus}${list ? ` (${list})` : ""}. Look into these destinations at Segment, then retry.`,
      { permanent: true }
    )
  }
}

const named = (name: string) => `Segment destination ${name}`.slice(0, 200)

const going = (rest: { cursor: string; check_after?: number }): DestinationAnswer => ({ removed: [], retained: [], messages: [], done: false, ...rest })

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

function* pages<T>(list: T[], size: number): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) {
    yield list.slice(start, start + size)
  }
}

/** Subjects whose ids fit into one regulation; a subject is never torn in two. */
function* withinLimits(inputs: DestinationInput[]): Generator<DestinationInput[]> {
  let part: DestinationInput[] = []
  let ids = 0
  let bytes = 0
  for (const input of inputs) {
    const own = input.identifiers.customer_ids
    const size = own.reduce((sum, id) => sum + Buffer.byteLength(id) + 3, 0)
    if (part.length && (ids + own.length > REGULATION_IDS || bytes + size > REGULATION_BYTES)) {
      yield part
      part = []
      ids = 0
      bytes = 0
    }
    part.push(input)
    ids += own.length
    bytes += size
  }
  if (part.length) {
    yield part
  }
}
