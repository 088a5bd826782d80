import type { StripeOptions } from "../../src/providers/stripe"
import { StripeDestination } from "../../src/providers/stripe/service"
import { makeCrowd } from "../support/crowd"
import { deliveriesOf, destination, dispatcherOf } from "../support/deliveries"
import { eraseAll, openEngine, type Engine } from "../support/engine"
import { startStripe, stripeKeys, type FakeStripe } from "../support/fake-stripe"
import { until } from "../support/until"

let engine: Engine
let stripe: FakeStripe
const provider = {} as { current: StripeDestination }
let dispatcher: ReturnType<typeof dispatcherOf>["dispatcher"]

const use = (options: Partial<StripeOptions> = {}) => {
  provider.current = new StripeDestination({}, { ...stripeKeys, api_host: stripe.url, poll_seconds: 0.05, ...options })
}

beforeAll(async () => {
  stripe = await startStripe()
  // One place in the options; each test puts its own configuration there.
  const current = {
    needs: ["account_holder"] as const,
    concerns: (...args: Parameters<StripeDestination["concerns"]>) => provider.current.concerns(...args),
    cancel: (...args: Parameters<StripeDestination["cancel"]>) => provider.current.cancel(...args),
    erase: (...args: Parameters<StripeDestination["erase"]>) => provider.current.erase(...args),
  }
  engine = await openEngine({ name: "stripe", destinations: [destination("stripe", current)] })
  dispatcher = dispatcherOf(engine).dispatcher
})

beforeEach(async () => {
  stripe.state.clear()
  stripe.requests.length = 0
  stripe.fault = () => undefined
  stripe.state.pageSize = 100
  use()
  await engine.database.rows("DELETE FROM privacy_delivery")
})

afterAll(async () => {
  await dispatcher?.stop()
  await engine?.close()
  await stripe?.stop()
})

let people = 0

/** Somebody with these accounts at payment providers: erased, and the delivery waits. */
async function erased(holders: [provider: string, id: string][]) {
  people += 1
  const [customer] = await makeCrowd(engine.database, 1, `stripe${people}x`)
  for (const [index, [providerId, id]] of holders.entries()) {
    const key = `${people}_${index}`
    await engine.database.rows("INSERT INTO account_holder (id, provider_id, external_id, email, data) VALUES ($1, $2, $3, 'x@crowd.example', '{}')", [`acchld_${key}`, providerId, id])
    await engine.database.rows("INSERT INTO customer_account_holder (id, customer_id, account_holder_id) VALUES ($1, $2, $3)", [`cah_${key}`, customer, `acchld_${key}`])
  }
  await eraseAll(engine, [customer])
  await engine.database.rows("DELETE FROM privacy_delivery WHERE destination <> 'stripe'")
}

const now = () => engine.database.rows("UPDATE privacy_delivery SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL")

async function when(isSo: (row: any) => boolean) {
  await dispatcher.pump()
  let row: any
  await until(async () => {
    ;[row] = await deliveriesOf(engine, "stripe")
    return row.lease === null && isSo(row)
  })
  return row
}

const ended = (status: string) => (row: any) => row.status === status

describe("Stripe", () => {
  it("cancels schedules, subscriptions and trials of every Stripe customer of the subject, then deletes the customers", async () => {
    stripe.state.add("cus_A", { subscriptions: ["active", "trialing", "past_due", "unpaid", "paused", "incomplete", "canceled", "incomplete_expired"], schedules: ["active", "not_started", "completed", "released", "canceled"] })
    stripe.state.add("cus_B", { subscriptions: ["active"] })
    stripe.state.add("cus_other", { subscriptions: ["active"], schedules: ["active"] })
    await erased([["pp_stripe_stripe", "cus_A"], ["pp_stripe-bancontact_eu", "cus_B"], ["pp_stripe_stripe_2", "cus_A"], ["pp_adyen", "cus_other"]])
    const row = await when(ended("acknowledged"))

    expect(stripe.state.effects).toEqual([
      "cancel sched_cus_A_0", "cancel sched_cus_A_1",
      ...[0, 1, 2, 3, 4, 5].map((number) => `cancel sub_cus_A_${number}`),
      "cancel sub_cus_B_0", "delete cus_A", "delete cus_B",
    ])
    expect(row.result).toEqual({
      removed: [{ what: "Stripe subscription schedule", count: 2 }, { what: "Stripe subscription", count: 7 }, { what: "Stripe customer", count: 2 }],
      retained: [], messages: [],
    })
    expect(row.identifiers).toBeNull()
    expect(stripe.state.subscriptions.find(({ customer }) => customer === "cus_other")?.status).toBe("active")
  })

  it("neither prorates nor makes a final invoice unless the options say so", async () => {
    const both = [["cancel sched_cus_A_0"], ["cancel sub_cus_A_0"]]
    for (const [options, value] of [[{}, "false"], [{ prorate: true, invoice_now: true }, "true"]] as const) {
      stripe.state.clear()
      use({ ...options, on_erase: "keep" })
      stripe.state.add("cus_A", { subscriptions: ["active"], schedules: ["active"] })
      await engine.database.rows("DELETE FROM privacy_delivery")
      await erased([["pp_stripe_stripe", "cus_A"]])
      await when(ended("acknowledged"))
      expect(stripe.state.parameters).toEqual(both.map(([effect]) => [effect, { invoice_now: value, prorate: value }]))
    }
  })

  it("has nothing to do with who has no account there, nor with accounts of providers it does not serve", async () => {
    await erased([["pp_adyen", "cus_A"]])
    expect(await deliveriesOf(engine, "stripe")).toEqual([])
    use({ provider_ids: ["pp_stripe_eu"] })
    await erased([["pp_stripe_stripe", "cus_A"]])
    expect(await deliveriesOf(engine, "stripe")).toEqual([])
    stripe.state.add("cus_B")
    await erased([["pp_stripe_eu", "cus_B"]])
    await when(ended("acknowledged"))
    expect(stripe.state.effects).toEqual(["delete cus_B"])
  })

  it("takes already cancelled, already deleted and never there for done", async () => {
    stripe.state.add("cus_A", { subscriptions: ["canceled"], schedules: ["canceled"] })
    ;(stripe.state.customers.get("cus_A") as { deleted: boolean }).deleted = true
    await erased([["pp_stripe_stripe", "cus_A"], ["pp_stripe_stripe", "cus_never"]])
    const row = await when(ended("acknowledged"))
    expect(stripe.state.effects).toEqual([])
    expect(row).toMatchObject({ error: null, attempts: 1, result: { removed: [], retained: [], messages: ["The Stripe customer was gone already."] } })
  })

  it("takes a subscription that somebody else cancels in between for done", async () => {
    stripe.state.add("cus_A", { subscriptions: ["active"], schedules: ["active"] })
    stripe.fault = ({ method, path }) => {
      const found = [...stripe.state.subscriptions, ...stripe.state.schedules].find(({ id }) => path.includes(id))
      if (found && method !== "GET") {
        found.status = "canceled"
      }
    }
    await erased([["pp_stripe_stripe", "cus_A"]])
    await when(ended("acknowledged"))
    expect(stripe.state.effects).toEqual(["delete cus_A"])
  })

  it("reads every page of a long list", async () => {
    stripe.state.pageSize = 2
    stripe.state.add("cus_A", { subscriptions: ["active", "active", "active", "active", "active"] })
    await erased([["pp_stripe_stripe", "cus_A"]])
    await when(ended("acknowledged"))
    expect(stripe.state.effects).toHaveLength(6)
  })

  it("keeps the customer where the options say so, and says so", async () => {
    use({ on_erase: "keep" })
    stripe.state.add("cus_A", { subscriptions: ["active"] })
    await erased([["pp_stripe_stripe", "cus_A"]])
    const { result } = await when(ended("acknowledged"))
    expect(stripe.state.effects).toEqual(["cancel sub_cus_A_0"])
    expect(result.retained).toEqual([{ what: "Stripe customer", why: 'The option on_erase of the Stripe destination is "keep".' }])
  })

  it("sends the customers to redaction jobs where the options say so, one job each, followed to the end", async () => {
    use({ on_erase: "redact" })
    stripe.state.job = (look) => (look < 4 ? "redacting" : "succeeded")
    stripe.state.add("cus_A", { subscriptions: ["active"] })
    stripe.state.add("cus_B")
    await erased([["pp_stripe_stripe", "cus_A"], ["pp_stripe_stripe", "cus_B"]])
    const { result } = await when(ended("acknowledged"))
    expect(stripe.state.effects).toEqual(["cancel sub_cus_A_0", "redaction job for cus_A", "run rj_1", "redaction job for cus_B", "run rj_2"])
    expect(result.removed).toContainEqual({ what: "Stripe customer (redacted)", count: 2 })
    expect([...stripe.state.customers.values()].some(({ deleted }) => deleted)).toBe(false)
  })

  it("shows a redaction that Stripe refuses as failed, with what to do", async () => {
    use({ on_erase: "redact" })
    stripe.state.job = () => "failed"
    stripe.state.add("cus_A")
    await erased([["pp_stripe_stripe", "cus_A"]])
    expect((await when(ended("failed"))).error).toBe(
      'Stripe ended the redaction job rj_1 as failed. Look at its errors in Stripe\'s dashboard, then retry, or choose on_erase: "delete".'
    )
  })

  it("that loses its answers is asked again, and each effect happens once", async () => {
    use({ on_erase: "redact" })
    stripe.state.job = () => "succeeded"
    stripe.state.add("cus_A", { subscriptions: ["active", "active"], schedules: ["active"] })
    const lost = new Set<string>()
    stripe.fault = ({ method, path }) => {
      const call = `${method} ${path}`
      if (!lost.has(call)) {
        lost.add(call)
        return "lose the answer"
      }
    }
    await erased([["pp_stripe_stripe", "cus_A"]])
    for (let tries = 0; tries < 30 && (await deliveriesOf(engine, "stripe"))[0].status !== "acknowledged"; tries += 1) {
      await when(({ next_attempt_at, status }) => status === "acknowledged" || next_attempt_at !== null)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await now()
    }
    await when(ended("acknowledged"))
    expect([...stripe.state.effects].sort()).toEqual(["cancel sched_cus_A_0", "cancel sub_cus_A_0", "cancel sub_cus_A_1", "redaction job for cus_A", "run rj_1"])
  })

  it("that asks to slow down is left alone, without a failed try; that is down, is tried on", async () => {
    stripe.state.add("cus_A")
    stripe.fault = () => ({ status: 429, headers: { "retry-after": "50" }, json: { error: { type: "invalid_request_error", code: "rate_limit", message: "Too many requests from cus_A" } } })
    await erased([["pp_stripe_stripe", "cus_A"]])
    let row = await when(({ error }) => error !== null)
    expect(row).toMatchObject({ status: "pending", attempts: 0, error: "Stripe asked to slow down." })
    expect(row.next_attempt_at - Date.now()).toBeGreaterThan(45_000)

    for (const fault of [{ status: 500, json: { error: { type: "api_error", message: "x" } } }, "hang up"] as const) {
      stripe.fault = () => fault
      const { attempts } = row
      await now()
      row = await when((one) => one.attempts > attempts)
      expect(row.error).toMatch(/^Stripe did not do it \(Stripe(API|Connection)Error\)\.$/)
      expect(row.status).toBe("pending")
    }
    stripe.fault = () => undefined
    await now()
    await when(ended("acknowledged"))
  })

  it("that refuses the key says so and is tried on, since somebody will set the right one", async () => {
    use({ api_key: "sk_wrong" })
    stripe.state.add("cus_A")
    await erased([["pp_stripe_stripe", "cus_A"]])
    expect(await when(({ error }) => error !== null)).toMatchObject({
      status: "pending", error: "The Stripe key is not valid or may not do this. Set one in the options that may write customers and subscriptions.",
    })
  })

  it("is not started with wrong options", () => {
    expect(() => StripeDestination.validateOptions({})).toThrow(/api_key/)
    expect(() => StripeDestination.validateOptions({ ...stripeKeys, on_erase: "forget" })).toThrow(/on_erase/)
    expect(() => StripeDestination.validateOptions({ ...stripeKeys, proration: true })).toThrow(/proration/)
  })
})
