import { ok } from "../support/http"
import { erase } from "../support/requests"
import { PASSWORD, register, type Shopper } from "../support/shopper"
import { sharedStore, type TestStore } from "../support/test-store"

let store: TestStore

beforeAll(async () => {
  store = await sharedStore()
})

afterAll(() => store.stop())

/** A shopper who is logged in by token and by cookie. */
async function loggedIn() {
  const shopper = await register(store, { first_name: "Sina", last_name: "Session" })
  const login = await shopper.http.post("/auth/session")
  const cookie = login.headers.get("set-cookie")?.split(";")[0] as string
  const browser = store.shop.with({ cookie })
  expect((await browser.get("/store/customers/me")).status).toBe(200)
  return { shopper, browser }
}

const login = ({ email }: Pick<Shopper, "email">) => store.shop.post("/auth/customer/emailpass", { email, password: PASSWORD })

describe.each(["anonymize", "delete"] as const)("after an erasure (%s)", (method) => {
  let shopper: Shopper
  let browser: TestStore["shop"]

  beforeAll(async () => {
    ;({ shopper, browser } = await loggedIn())
    expect((await erase(store, shopper, { method })).totals).toMatchObject({ complete: 1 })
  })

  it("the old session is ended at its first use and leaves a browser that nobody is logged in to", async () => {
    expect((await browser.get("/store/products")).status).toBe(401)
    expect((await browser.get("/store/products")).status).toBe(200)
    expect((await browser.get("/store/customers/me")).status).toBe(401)
  })

  it.each(["/store/customers/me", "/store/orders", "/store/customers/me/addresses", "/store/products", "/STORE/customers/me"])(
    "the old token opens %s no more",
    async (path) => {
      expect((await shopper.http.get(path)).status).toBe(401)
    }
  )

  it("neither writes through the old token", async () => {
    expect((await shopper.http.post("/store/customers/me", { first_name: "Back" })).status).toBe(401)
    expect((await shopper.http.post("/store/carts", {})).status).toBe(401)
  })

  it("a token cannot be renewed, nor made a session", async () => {
    expect((await shopper.http.post("/auth/token/refresh")).status).toBe(401)
    expect((await shopper.http.post("/auth/session")).status).toBe(401)
  })

  it("nobody logs in", async () => {
    expect((await login(shopper)).status).toBe(401)
  })

  it("a password reset answers as for an address nobody has", async () => {
    const ask = (identifier: string) => store.shop.post("/auth/customer/emailpass/reset-password", { identifier })
    const [erased, unknown] = [await ask(shopper.email), await ask("nobody.ever@example.com")]
    expect([erased.status, erased.body]).toEqual([unknown.status, unknown.body])
    expect(await store.database.rows("SELECT 1 FROM auth_password_reset_token WHERE entity_id = $1", [shopper.email])).toEqual([])
  })

  it("the shop stays open to everybody else", async () => {
    const other = await register(store)
    expect((await other.http.get("/store/customers/me")).status).toBe(200)
    expect((await store.shop.get("/store/products")).status).toBe(200)
  })

  it("the address registers again, as a new customer who sees nothing of the old one", async () => {
    const again = await register(store, { email: shopper.email, first_name: "Sina", last_name: "Again" })
    expect(again.id).not.toBe(shopper.id)
    const { customer } = await ok(again.http.get("/store/customers/me?fields=*addresses"))
    expect(customer).toMatchObject({ email: shopper.email, last_name: "Again", addresses: [] })
    expect((await ok(again.http.get("/store/orders"))).orders).toEqual([])
    // The old token is dead for ever, whatever the address does.
    expect((await shopper.http.get("/store/customers/me")).status).toBe(401)
  })

  it("and the new account can be erased in its turn", async () => {
    const { token } = await ok(login(shopper))
    const { customer } = await ok(store.shop.as(token).get("/store/customers/me"))
    expect((await erase(store, customer, { method })).totals).toMatchObject({ complete: 1 })
    expect((await login(shopper)).status).toBe(401)
  })
})
