import { startFake, type FakeAnswer, type FakeRequest } from "./fake-server"

const API_KEY = "sk_test_fake"

export const stripeKeys = { api_key: API_KEY }

interface Subscription {
  id: string
  customer: string
  status: string
}

/** Parameters each call knows (the SDK's types): another one is refused, as Stripe does. */
const KNOWN: [RegExp, string[]][] = [
  [/^GET \/v1\/subscriptions$/, ["customer", "limit", "starting_after", "status"]],
  [/^DELETE \/v1\/subscriptions\/\w+$/, ["invoice_now", "prorate"]],
  [/^GET \/v1\/subscription_schedules$/, ["customer", "limit", "starting_after"]],
  [/^POST \/v1\/subscription_schedules\/\w+\/cancel$/, ["invoice_now", "prorate"]],
  [/^GET \/v1\/customers\/\w+$/, []],
  [/^DELETE \/v1\/customers\/\w+$/, []],
  [/^POST \/v1\/privacy\/redaction_jobs$/, ["objects[customers][0]", "validation_behavior"]],
  [/^GET \/v1\/privacy\/redaction_jobs\/\w+$/, []],
  [/^POST \/v1\/privacy\/redaction_jobs\/\w+\/run$/, []],
]

const error = (status: number, type: string, code: string | undefined, message: string): FakeAnswer => ({ status, json: { error: { type, code, message } } })
const missing = (what: string, id: string) => error(404, "invalid_request_error", "resource_missing", `No such ${what}: '${id}'`)

/** Stripe as its documentation has it: refuses wrong shapes and keys, remembers idempotency keys of POST alone, counts effects. */
export async function startStripe() {
  const state = {
    customers: new Map<string, { deleted: boolean; email: string }>(),
    subscriptions: [] as Subscription[],
    schedules: [] as Subscription[],
    jobs: new Map<string, { customer: string; status: string; looks: number }>(),
    /** Effects, one entry each time something really changed. */
    effects: [] as string[],
    /** Parameters of each change. */
    parameters: [] as [string, Record<string, string>][],
    /** What a redaction job's status is at its n-th look. */
    job: (_look: number): string => "succeeded",
    pageSize: 100,
    add(customer: string, { subscriptions = [], schedules = [] }: { subscriptions?: string[]; schedules?: string[] } = {}) {
      state.customers.set(customer, { deleted: false, email: "somebody@example.com" })
      subscriptions.forEach((status, index) => state.subscriptions.push({ id: `sub_${customer}_${index}`, customer, status }))
      schedules.forEach((status, index) => state.schedules.push({ id: `sched_${customer}_${index}`, customer, status }))
    },
    clear() {
      ;[state.customers, state.jobs, byKey].forEach((map) => map.clear())
      ;[state.subscriptions, state.schedules, state.effects, state.parameters].forEach((list) => list.splice(0))
      state.job = () => "succeeded"
    },
  }
  const byKey = new Map<string, { request: string; answer: FakeAnswer }>()

  function list(kind: Subscription[], parameters: Record<string, string>, shown: (one: Subscription) => boolean): FakeAnswer {
    if (!state.customers.has(parameters.customer)) {
      return error(400, "invalid_request_error", "resource_missing", `No such customer: '${parameters.customer}'`)
    }
    const own = kind.filter((one) => one.customer === parameters.customer && shown(one))
    const start = parameters.starting_after ? own.findIndex(({ id }) => id === parameters.starting_after) + 1 : 0
    const size = Math.min(Number(parameters.limit ?? 10), state.pageSize)
    const data = own.slice(start, start + size)
    return { json: { object: "list", url: "/v1/list", data, has_more: start + size < own.length } }
  }

  function act(method: string, path: string, parameters: Record<string, string>): FakeAnswer {
    const [, , kind, id] = path.split("/")
    const change = (effect: string) => {
      state.effects.push(effect)
      state.parameters.push([effect, parameters])
    }
    if (kind === "subscriptions") {
      if (method === "GET") {
        return list(state.subscriptions, parameters, ({ status }) => parameters.status === "all" || status !== "canceled")
      }
      const found = state.subscriptions.find((one) => one.id === id)
      if (!found || found.status === "canceled" || found.status === "incomplete_expired") {
        return missing("subscription", id)
      }
      found.status = "canceled"
      change(`cancel ${id}`)
      return { json: { object: "subscription", ...found } }
    }
    if (kind === "subscription_schedules") {
      if (method === "GET") {
        return list(state.schedules, parameters, () => true)
      }
      const found = state.schedules.find((one) => one.id === id)
      if (!found) {
        return missing("subscription schedule", id)
      }
      if (found.status !== "active" && found.status !== "not_started") {
        return error(400, "invalid_request_error", undefined, `You cannot cancel a subscription schedule that is already ${found.status}.`)
      }
      if (found.status === "not_started" && Object.keys(parameters).length) {
        return error(400, "invalid_request_error", "parameter_unknown", "Only for active schedules")
      }
      found.status = "canceled"
      change(`cancel ${id}`)
      return { json: { object: "subscription_schedule", ...found } }
    }
    if (kind === "customers") {
      const found = state.customers.get(id)
      if (method === "GET" && found) {
        return { json: found.deleted ? { id, object: "customer", deleted: true } : { id, object: "customer", email: found.email } }
      }
      if (!found || found.deleted) {
        return missing("customer", id)
      }
      found.deleted = true
      state.subscriptions.filter(({ customer }) => customer === id).forEach((one) => (one.status = "canceled"))
      change(`delete ${id}`)
      return { json: { id, object: "customer", deleted: true } }
    }
    return redaction(method, path, parameters, change)
  }

  function redaction(method: string, path: string, parameters: Record<string, string>, change: (effect: string) => void): FakeAnswer {
    const [, , , , id, verb] = path.split("/")
    if (!id) {
      const customer = parameters["objects[customers][0]"]
      if (!state.customers.has(customer) || !["error", "fix"].includes(parameters.validation_behavior)) {
        return error(400, "invalid_request_error", "parameter_invalid", "objects or validation_behavior")
      }
      const job = `rj_${state.jobs.size + 1}`
      state.jobs.set(job, { customer, status: "validating", looks: 0 })
      change(`redaction job for ${customer}`)
      return { json: { id: job, object: "privacy.redaction_job", status: "validating" } }
    }
    const job = state.jobs.get(id)
    if (!job) {
      return missing("redaction job", id)
    }
    if (verb === "run") {
      if (job.status !== "ready") {
        return error(400, "invalid_request_error", undefined, "The job is not ready")
      }
      job.status = "redacting"
      change(`run ${id}`)
    } else if (method === "GET") {
      job.looks += 1
      job.status = job.status === "validating" ? "ready" : job.status === "redacting" ? state.job(job.looks) : job.status
    }
    return { json: { id, object: "privacy.redaction_job", status: job.status } }
  }

  function answer(request: FakeRequest): FakeAnswer {
    const { method, path, query, headers, body } = request
    if (headers.authorization !== `Bearer ${API_KEY}`) {
      return error(401, "invalid_request_error", undefined, `Invalid API Key provided`)
    }
    const parameters = Object.fromEntries([...query, ...new URLSearchParams(body)])
    const known = KNOWN.find(([route]) => route.test(`${method} ${path}`))
    const unknown = Object.keys(parameters).find((name) => !known?.[1].includes(name))
    if (!known || unknown) {
      return error(known ? 400 : 404, "invalid_request_error", "parameter_unknown", `Received unknown parameter: ${unknown ?? path}`)
    }
    const key = method === "POST" ? headers["idempotency-key"] : undefined
    const before = key ? byKey.get(key) : undefined
    const asked = `${method} ${path} ${body}`
    if (before) {
      return before.request === asked ? before.answer : error(400, "idempotency_error", undefined, "Keys for idempotent requests can only be used with the same parameters")
    }
    const made = act(method, path, parameters)
    if (key) {
      byKey.set(key, { request: asked, answer: made })
    }
    return made
  }
  return Object.assign(await startFake(answer), { state })
}

export type FakeStripe = Awaited<ReturnType<typeof startStripe>>
