import fs from "node:fs"
import { newCustomer } from "../support/customers"
import { delivered, erase } from "../support/requests"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

const SECRETS = { email: "Lotte.Logless@canary.example", first_name: "Lotteline", last_name: "Loglessova", phone: "+49 171 9988776" }
const WORDS = [/lotte\.logless/i, /lotteline/i, /loglessova/i, /9988776/]

describe("logs, errors and audit", () => {
  it("name nobody, whether an erasure succeeds, is refused or fails", async () => {
    const customer = await newCustomer(store, SECRETS)
    const anonymize = (body: Record<string, unknown>) => store.officer.post(`/admin/customers/${customer.id}/anonymize`, body)
    const from = fs.statSync(store.log).size

    const answers = [
      await anonymize({ email: "lotte.logless@canary.exampl" }),
      await anonymize({ email: customer.email, method: "shred" }),
      await anonymize({ email: customer.email, override: ["legal_hold"] }),
      await anonymize({ email: customer.email, reason: `Wish of ${customer.email}` }),
      await anonymize({ email: customer.email, [customer.id]: 1 }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400])

    // A failure deep in the database, whose message quotes the row.
    await store.database.rows(`
      CREATE FUNCTION quote_customer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.id = '${customer.id}' THEN RAISE EXCEPTION 'cannot touch % % (%)', OLD.first_name, OLD.last_name, OLD.email; END IF;
        RETURN NEW;
      END $$`)
    await store.database.rows("CREATE TRIGGER quote_customer BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION quote_customer()")
    const failed = await erase(store, customer).finally(async () => {
      await store.database.rows("DROP TRIGGER quote_customer ON customer")
      await store.database.rows("DROP FUNCTION quote_customer")
    })
    expect(failed).toMatchObject({ status: "failed", totals: { failed: 1 } })
    answers.push(await store.officer.get(`/admin/privacy-requests/${failed.id}/subjects`))
    const done = await erase(store, customer)
    await delivered(store, done.id)
    answers.push(await anonymize({ email: customer.email }), await store.officer.get(`/admin/customers/${customer.id}/privacy`))

    const log = fs.readFileSync(store.log).subarray(from).toString("utf8")
    expect(log).toContain(customer.id)
    const own = await store.database.row<{ text: string }>(
      `SELECT (SELECT string_agg(a::text, ' ') FROM privacy_audit_entry AS a) || (SELECT string_agg(s::text, ' ') FROM privacy_subject AS s) ||
         (SELECT string_agg(d::text, ' ') FROM privacy_delivery AS d) || (SELECT string_agg(r::text, ' ') FROM privacy_request AS r) ||
         (SELECT string_agg(l::text, ' ') FROM privacy_ledger_entry AS l) || (SELECT coalesce(string_agg(j::text, ' '), '') FROM privacy_jobs.job AS j) AS text`
    )
    for (const word of WORDS) {
      expect(JSON.stringify(answers.map(({ body }) => body))).not.toMatch(word)
      expect(own.text).not.toMatch(word)
      expect(log).not.toMatch(word)
    }
  })
})
