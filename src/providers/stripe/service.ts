import type Stripe from "stripe"
import type {
  DestinationAnswer, DestinationIdentifiers, DestinationInput, DestinationProvider, ExtractAnswer, ExtractInput,
} from "../../destinations"
import { orGone, stripeClient, told } from "./client"
import { checkStripeOptions, type CheckedStripeOptions, type StripeOptions } from "./options"
import { extractCursor, nextKind, parseExtractCursor, readKind } from "./extract"
import { parseCursor, redactionCursor, redactStep } from "./redaction"

/** Subscriptions that end by themselves or have ended. */
const OVER = new Set(["canceled", "incomplete_expired"])

/** Schedules that will still do something. */
const PLANNED = new Set(["not_started", "active"])

const nothing = (rest: Partial<DestinationAnswer>): DestinationAnswer => ({ removed: [], retained: [], messages: [], done: true, ...rest })

/**
 * Stripe: subscriptions, trials and schedules of every Stripe customer of the subject are cancelled, then the customers are deleted or
 * redacted. One Stripe customer a call. Already cancelled, already deleted and never there count as success; Stripe's idempotency keys
 * have no effect on its deletes, and none is needed for that.
 */
export class StripeDestination implements DestinationProvider {
  static identifier = "stripe"

  readonly needs = ["account_holder"] as const
  private readonly options: CheckedStripeOptions
  private readonly stripe: Stripe

  static validateOptions(options: unknown): void {
    checkStripeOptions(options)
  }

  constructor(_dependencies: unknown, options: StripeOptions) {
    this.options = checkStripeOptions(options)
    this.stripe = stripeClient(this.options)
  }

  concerns(identifiers: DestinationIdentifiers): boolean {
    return this.customersOf(identifiers).length > 0
  }

  async cancel({ identifiers, cursor }: DestinationInput): Promise<DestinationAnswer> {
    const customers = this.customersOf(identifiers)
    const { index } = parseCursor(cursor)
    const customer = customers[index]
    const schedules = await this.cancelSchedules(customer)
    const subscriptions = await this.cancelSubscriptions(customer)
    const removed = [
      { what: "Stripe subscription schedule", count: schedules },
      { what: "Stripe subscription", count: subscriptions },
    ].filter(({ count }) => count > 0)
    return index + 1 < customers.length ? nothing({ removed, done: false, cursor: redactionCursor(index + 1) }) : nothing({ removed })
  }

  async erase({ identifiers, cursor, idempotency_key }: DestinationInput): Promise<DestinationAnswer> {
    const customers = this.customersOf(identifiers)
    const place = parseCursor(cursor)
    const answer = await this.eraseCustomer(customers[place.index], place, idempotency_key)
    return answer.done && place.index + 1 < customers.length ? { ...answer, done: false, cursor: redactionCursor(place.index + 1) } : answer
  }

  /** Stripe's customer, then its subscriptions and schedules, a page a call. Payments stand in the shop's own records. */
  async extract({ identifiers, cursor }: ExtractInput): Promise<ExtractAnswer> {
    const customers = this.customersOf(identifiers)
    const { index, kind, after } = parseExtractCursor(cursor)
    const customer = customers[index]
    const { records, more } = await readKind(this.stripe, kind, customer, after)
    const next = more ? extractCursor(index, kind, more) : nextKind(index, kind, customers.length)
    return { data: records.length ? [{ kind: `Stripe ${kind}`, records }] : [], messages: [], done: !next, cursor: next }
  }

  private customersOf({ account_holders }: DestinationIdentifiers): string[] {
    const { provider_ids } = this.options
    const ours = (id: string) => (provider_ids ? provider_ids.includes(id) : id.startsWith("pp_stripe"))
    return [...new Set(account_holders.filter(({ provider_id }) => ours(provider_id)).map(({ external_id }) => external_id))]
  }

  private async eraseCustomer(customer: string, place: { index: number; job: string | null }, key: string): Promise<DestinationAnswer> {
    switch (this.options.on_erase) {
      case "keep":
        return nothing({ retained: [{ what: "Stripe customer", why: 'The option on_erase of the Stripe destination is "keep".' }] })
      case "redact":
        return redactStep(this.stripe, customer, place, key, this.options.poll_seconds)
      default: {
        const deleted = await orGone(this.stripe.customers.del(customer))
        return nothing(deleted ? { removed: [{ what: "Stripe customer", count: 1 }] } : { messages: ["The Stripe customer was gone already."] })
      }
    }
  }

  /** Schedules first: one that is active would otherwise bring its subscription back to life in its next phase. */
  private async cancelSchedules(customer: string): Promise<number> {
    const { invoice_now, prorate } = this.options
    let count = 0
    for (const { id, status } of await this.all(this.stripe.subscriptionSchedules.list({ customer, limit: 100 }))) {
      if (PLANNED.has(status) && (await orGone(this.stripe.subscriptionSchedules.cancel(id, status === "active" ? { invoice_now, prorate } : {})))) {
        count += 1
      }
    }
    return count
  }

  private async cancelSubscriptions(customer: string): Promise<number> {
    const { invoice_now, prorate } = this.options
    let count = 0
    for (const { id, status } of await this.all(this.stripe.subscriptions.list({ customer, limit: 100 }))) {
      if (!OVER.has(status) && (await orGone(this.stripe.subscriptions.cancel(id, { invoice_now, prorate })))) {
        count += 1
      }
    }
    return count
  }

  /** Every page of a list; none when the customer is gone. */
  private async all<T>(list: Stripe.ApiListPromise<T>): Promise<T[]> {
    const found: T[] = []
    try {
      for await (const item of list) {
        found.push(item)
      }
    } catch (error) {
      if ((error as { code?: string }).code === "resource_missing") {
        return []
      }
      throw told(error)
    }
    return found
  }
}
