import { listOf } from "../../src/modules/privacy/subjects/identifier-list"
import { previewBulk } from "../../src/modules/privacy/requests/bulk-request"
import { openEngine, type Engine } from "../support/engine"
import { ShopRows } from "../support/shop-rows"

let engine: Engine
let rows: ShopRows

beforeAll(async () => {
  engine = await openEngine({ name: "shared_identifiers", options: { identifiers: ["email", "phone", { type: "loyalty_card", metadata_key: "card" }] } })
  rows = new ShopRows(engine.database, "ident")
})

afterAll(() => engine?.close())

const preview = (type: string, value: string) =>
  engine.transaction((session) => previewBulk(session, engine.environment, { type: "erasure", identifier_type: type, identifiers: listOf([value]) } as never))

/** Customers with one phone and one card number in common. */
async function people(number: string, ...customers: [email: string | null, hasAccount: boolean, row?: Record<string, unknown>][]) {
  for (const [email, hasAccount, row] of customers) {
    await rows.customer(email as string, hasAccount, { phone: number, metadata: { card: number }, ...row })
  }
}

describe.each(["phone", "loyalty_card"])("a list of the kind %s", (type) => {
  const digit = type === "phone" ? "1" : "2"

  it("calls two guests with different addresses ambiguous, and shows both", async () => {
    await people(`+49 30 55501${digit}`, [`mother${digit}@x.example`, false], [`son${digit}@x.example`, false])
    const shown = await preview(type, `+49 30 55501${digit}`)
    expect(shown).toMatchObject({ matched: 0, ambiguous: 1, subjects: 0 })
    expect(shown.lines).toMatchObject([{ outcome: "ambiguous", reason: "2 customers" }])
    expect(shown.lines[0].customers.map(({ email }) => email).sort()).toEqual([`mother${digit}@x.example`, `son${digit}@x.example`])
  })

  it("calls an account and somebody else's guest record ambiguous", async () => {
    await people(`+49 30 55502${digit}`, [`account${digit}@x.example`, true], [`friend${digit}@x.example`, false])
    expect(await preview(type, `+49 30 55502${digit}`)).toMatchObject({ matched: 0, ambiguous: 1, subjects: 0 })
  })

  it("calls a customer without an address beside another ambiguous, and two without one", async () => {
    await people(`+49 30 55503${digit}`, [`known${digit}@x.example`, false], [null, false])
    await people(`+49 30 55504${digit}`, [null, false], [null, false])
    expect(await preview(type, `+49 30 55503${digit}`)).toMatchObject({ matched: 0, ambiguous: 1 })
    expect(await preview(type, `+49 30 55504${digit}`)).toMatchObject({ matched: 0, ambiguous: 1 })
  })

  it("shows a deleted customer whose address makes it ambiguous", async () => {
    await people(`+49 30 55505${digit}`, [`now${digit}@x.example`, true], [`then${digit}@x.example`, true, { deleted_at: new Date() }])
    const shown = await preview(type, `+49 30 55505${digit}`)
    expect(shown).toMatchObject({ matched: 0, ambiguous: 1 })
    expect(shown.lines[0].customers).toHaveLength(2)
  })

  it("takes an account and the guest record under its address, in any casing, for one person", async () => {
    await people(`+49 30 55506${digit}`, [`one${digit}@x.example`, true], [` ONE${digit}@X.example`, false])
    expect(await preview(type, `+49 30 55506${digit}`)).toMatchObject({ matched: 1, ambiguous: 0, subjects: 1 })
  })

  it("takes a single customer without an address", async () => {
    await people(`+49 30 55507${digit}`, [null, false])
    expect(await preview(type, `+49 30 55507${digit}`)).toMatchObject({ matched: 1, ambiguous: 0, subjects: 1 })
  })
})
