import fs from "node:fs"
import path from "node:path"
import accounts from "../../demo/accounts.json"
import { newCustomer, type Customer } from "../support/customers"
import { ok, type Http } from "../support/http"
import { finished } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"

const STAFF = "staff@demo.test"

let store: TestStore
let approver: Http

beforeAll(async () => {
  store = await startTestStore({
    name: "starts",
    options: {
      officers: [
        { user: accounts.admin.email, permissions: ["all"] },
        { user: STAFF, permissions: ["view", "approve"] },
      ],
      bulk: { approval: true, undo_minutes: 0, throttle_per_minute: 0, concurrency: 2, yield_to_shop: false },
    },
  })
  const { token } = await ok(store.anonymous.post("/auth/user/emailpass", { email: STAFF, password: accounts.customers.password }))
  approver = store.anonymous.as(token)
})

afterAll(() => store?.stop())

/** A bulk request over three customers. */
interface Story {
  customers: Customer[]
  requestId: string
  /** The first customer's part of the request. */
  subjectId: string
}

async function awaiting(): Promise<Story> {
  const customers = [await newCustomer(store), await newCustomer(store), await newCustomer(store)]
  const body = { type: "erasure", identifier_type: "email", identifiers: customers.map(({ email }) => email) }
  const { preview } = await ok(store.officer.post("/admin/privacy-requests/preview", body))
  const { privacy_request } = await ok(store.officer.post("/admin/privacy-requests", { ...body, plan_hash: preview.plan_hash, confirm: 3 }))
  const { subjects } = await ok(store.officer.get(`/admin/privacy-requests/${privacy_request.id}/subjects`))
  return { customers, requestId: privacy_request.id, subjectId: subjects.find((each: any) => each.customer_id === customers[0].id).id }
}

async function stopped(): Promise<Story> {
  const story = await awaiting()
  await store.database.rows("UPDATE privacy_request SET status = 'stopped' WHERE id = $1", [story.requestId])
  return story
}

/** All three were held, and nothing holds them any more. */
async function released(): Promise<Story> {
  const story = await awaiting()
  for (const { id } of story.customers) {
    await ok(store.officer.post(`/admin/customers/${id}/legal-hold`, { reason: "A dispute" }))
  }
  await ok(approver.post(`/admin/privacy-requests/${story.requestId}/approve`))
  expect(await finished(store, story.requestId)).toMatchObject({ totals: { held: 3, complete: 0 } })
  for (const { id } of story.customers) {
    await ok(store.officer.delete(`/admin/customers/${id}/legal-hold`))
  }
  return story
}

interface Way {
  route: string
  /** Whom it takes: the one it names, all it counts, or nobody: it does not start an erasure. */
  takes: "one" | "counted" | "nobody"
  /** What is asked first. */
  asks: string
  story?: () => Promise<Story>
  act?: (story: Story, officer: Http) => Promise<{ status: number }>
  /** What is refused: another answer to what is asked. */
  wrong?: (story: Story, officer: Http) => Promise<{ status: number }>
}

const onRequest = (action: "approve" | "resume" | "retry", story: () => Promise<Story>): Way => ({
  route: `privacy-requests/[id]/${action}`,
  takes: "counted",
  asks: "how many, with their number and the first of them in the question",
  story,
  act: ({ requestId }, officer) => officer.post(`/admin/privacy-requests/${requestId}/${action}`, { confirm: 3 }),
  wrong: ({ requestId }, officer) => officer.post(`/admin/privacy-requests/${requestId}/${action}`, { confirm: 1 }),
})

/** Every action of an admin, whom it can erase, and what it asks first. */
const WAYS: Way[] = [
  {
    route: "customers/[id]/anonymize",
    takes: "one",
    asks: "the e-mail address, typed",
    story: released,
    act: ({ customers: [{ id, email }] }, officer) => officer.post(`/admin/customers/${id}/anonymize`, { email }),
    wrong: ({ customers: [{ id }, { email }] }, officer) => officer.post(`/admin/customers/${id}/anonymize`, { email }),
  },
  {
    route: "privacy-requests/[id]/subjects/[subject_id]/retry",
    takes: "one",
    asks: "the customer, named in the question",
    story: released,
    act: ({ requestId, subjectId }, officer) => officer.post(`/admin/privacy-requests/${requestId}/subjects/${subjectId}/retry`),
    wrong: ({ requestId }, officer) => officer.post(`/admin/privacy-requests/${requestId}/subjects/prvsub_none/retry`),
  },
  {
    route: "privacy-requests/[id]/subjects/[subject_id]/check",
    takes: "nobody",
    asks: "nothing: it only looks",
    story: released,
    act: ({ requestId, subjectId }, officer) => officer.post(`/admin/privacy-requests/${requestId}/subjects/${subjectId}/check`),
  },
  onRequest("approve", awaiting),
  onRequest("resume", stopped),
  onRequest("retry", released),
  { route: "privacy-requests", takes: "counted", asks: "how many, typed, and the preview's hash" },
  { route: "privacy-requests/upload", takes: "counted", asks: "how many, typed, and the preview's hash" },
]

const NOBODY = [
  "customers/[id]/extract", "customers/[id]/legal-hold", "privacy-data-map/indexes", "privacy-deliveries/[id]/abandon",
  "privacy-deliveries/[id]/acknowledge", "privacy-deliveries/[id]/retry", "privacy-permissions", "privacy-profiles", "privacy-profiles/[id]",
  "privacy-requests/[id]/cancel", "privacy-requests/[id]/extend", "privacy-requests/[id]/repeat", "privacy-requests/[id]/stop",
  "privacy-requests/preview", "privacy-webhooks", "privacy-webhooks/[id]", "privacy-webhooks/[id]/deliveries/[delivery_id]/redeliver",
  "privacy-webhooks/[id]/rotate-secret", "privacy-webhooks/[id]/send-test",
]

const erasedOf = async ({ customers }: Story) => {
  const rows = await store.database.rows<{ customer_id: string }>("SELECT customer_id FROM privacy_ledger_entry WHERE customer_id = ANY($1)", [
    customers.map(({ id }) => id),
  ])
  return customers.map(({ id }) => rows.some(({ customer_id }) => customer_id === id))
}

const routesThatChange = () => {
  const root = path.resolve(__dirname, "../../src/api/admin")
  return fs
    .readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .filter((file) => /export const (POST|PUT|PATCH|DELETE)|export \{ POST/.test(fs.readFileSync(path.join(root, file), "utf8")))
    .map((file) => path.dirname(file))
}

describe("what can start an erasure", () => {
  it("is written down for every route that changes something", () => {
    expect(routesThatChange().sort()).toEqual([...WAYS.map(({ route }) => route), ...NOBODY].sort())
  })

  it.each(WAYS.filter(({ act }) => act))("$route takes $takes and asks for $asks", async ({ takes, story: tell, act, wrong, route }) => {
    const story = await (tell as () => Promise<Story>)()
    const officer = route.endsWith("/approve") ? approver : store.officer
    if (wrong) {
      expect([400, 404, 409]).toContain((await wrong(story, officer)).status)
      expect(await erasedOf(story)).toEqual([false, false, false])
    }

    const answer = await (act as NonNullable<Way["act"]>)(story, officer)

    expect([200, 202]).toContain(answer.status)
    if (takes !== "nobody") {
      const { privacy_request } = (answer as unknown as { body: { privacy_request: { id: string } } }).body
      await finished(store, privacy_request.id)
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await erasedOf(story)).toEqual({ one: [true, false, false], counted: [true, true, true], nobody: [false, false, false] }[takes])
  })

  it("is said by the number of subjects that approve, resume and retry hand to the workers", async () => {
    const { requestId } = await released()
    const answer = await store.officer.post(`/admin/privacy-requests/${requestId}/retry`)
    expect([answer.status, answer.body.taken]).toEqual([202, 3])
    await finished(store, requestId)
  })
})

describe("a check of one held customer", () => {
  it("notes what holds the customer now, for an officer who may only look, and changes nothing else", async () => {
    const story = await released()
    await ok(store.officer.post(`/admin/customers/${story.customers[0].id}/legal-hold`, { reason: "Another dispute" }))
    const looker = approver
    const check = () => looker.post(`/admin/privacy-requests/${story.requestId}/subjects/${story.subjectId}/check`)

    const held = await check()
    expect([held.status, held.body.holds.map(({ code }: { code: string }) => code)]).toEqual([200, ["legal_hold"]])
    await ok(store.officer.delete(`/admin/customers/${story.customers[0].id}/legal-hold`))
    expect((await check()).body.holds).toEqual([])

    const { customer_privacy } = await ok(looker.get(`/admin/customers/${story.customers[0].id}/privacy`))
    expect(customer_privacy).toMatchObject({ status: "held", active_subject: { id: story.subjectId, status: "held" } })
    expect(await erasedOf(story)).toEqual([false, false, false])
    expect((await store.officer.post(`/admin/privacy-requests/${story.requestId}/subjects/prvsub_none/check`)).status).toBe(404)
  })
})
