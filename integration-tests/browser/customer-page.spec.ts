import type { Browser, Page } from "playwright-core"
import { openAdmin, openBrowser, screenshot } from "../support/browser"
import { ok } from "../support/http"
import { erase, finished } from "../support/requests"
import { register, type Shopper } from "../support/shopper"
import { startTestStore, type TestStore } from "../support/test-store"

let store: TestStore
let browser: Browser

const widget = (page: Page, state: string) => page.locator(`[data-testid=privacy-widget][data-state=${state}]`)
const open = (page: Page, customer: { id: string }) => page.goto(`${store.url}/app/customers/${customer.id}`)

/** The seeded customer with orders, store credit, groups and reviews: something to look at. */
const story = (email: string) =>
  store.database.row<{ id: string; email: string }>("SELECT id, email FROM customer WHERE email = $1 AND has_account", [email])

beforeAll(async () => {
  store = await startTestStore({ name: "browser" })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await store?.stop()
})

describe("the Privacy widget on the customer page", () => {
  let page: Page

  beforeAll(async () => {
    page = await openAdmin(browser, store)
  })

  it("leads from the click to the end without a reload", async () => {
    const anna = await story("anna.schmidt@example.com")
    await open(page, anna)
    await widget(page, "ready").waitFor()
    await page.waitForLoadState("networkidle")
    await screenshot(page, "customer-page")

    await page.getByTestId("privacy-anonymize").click()
    const dialog = page.getByTestId("privacy-dialog")
    await dialog.waitFor()
    const confirm = page.getByTestId("privacy-confirm")
    expect(await confirm.isDisabled()).toBe(true)
    expect(await page.getByTestId("privacy-value-lost").textContent()).toContain("42.50")
    await page.getByTestId("privacy-email").fill("somebody.else@example.com")
    expect(await confirm.isDisabled()).toBe(true)
    await page.getByTestId("privacy-email").fill("  Anna.SCHMIDT@example.com ")
    expect(await confirm.isEnabled()).toBe(true)
    await screenshot(page, "confirmation")

    await confirm.click()
    await page.getByText("in the background").first().waitFor()
    await widget(page, "done").waitFor()
    await screenshot(page, "removed")
    expect(await page.content()).not.toMatch(/Schmidt|anna\.schmidt/i)
    expect(await page.getByTestId("privacy-reference").textContent()).toMatch(/PR-[2-9A-HJ-NP-Z]{8}/)

    await page.getByRole("link", { name: "Back to Customers" }).click()
    await page.waitForURL(/\/app\/customers$/)
    const { customers } = await ok(store.officer.get("/admin/customers?q=anna.schmidt"))
    expect(customers).toEqual([])
  })

  it("opens the orders of an erased customer", async () => {
    const { id, customer_id } = await store.database.row(
      `SELECT o.id, o.customer_id FROM "order" AS o JOIN privacy_ledger_entry AS l ON l.customer_id = o.customer_id
       WHERE NOT o.is_draft_order ORDER BY o.created_at DESC LIMIT 1`
    )
    expect(customer_id).toBeTruthy()

    await page.goto(`${store.url}/app/orders/${id}`)
    await page.getByText("Paid Total").waitFor()
    await page.getByText("[erased]").first().waitFor()
    await page.getByTestId("privacy-order-notice").waitFor()
    await page.getByRole("link", { name: /^See request PR-/ }).waitFor()
    await screenshot(page, "order-of-an-erased-customer")
    // The dashboard's own link to the customer would end at "404".
    await page.locator(`a[href$="/customers/${customer_id}"]`).click()
    await page.getByTestId("privacy-request").waitFor()
  })

  it("works by keyboard: Escape closes, focus returns, Tab reaches everything", async () => {
    const shopper = await register(store, { first_name: "Kim" })
    await open(page, shopper)
    const button = page.getByTestId("privacy-anonymize")
    await button.waitFor()
    await button.focus()
    await page.keyboard.press("Enter")
    await page.getByTestId("privacy-dialog").waitFor()
    await page.keyboard.press("Escape")
    await page.getByTestId("privacy-dialog").waitFor({ state: "detached" })
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it("names the holds and lets an officer override them with a reason", async () => {
    const shopper = await register(store, { first_name: "Held" })
    await ok(store.officer.post(`/admin/customers/${shopper.id}/legal-hold`, { reason: "A dispute" }))
    await open(page, shopper)
    await page.getByTestId("privacy-anonymize").click()
    await page.getByTestId("privacy-email").fill(shopper.email)
    const confirm = page.getByTestId("privacy-confirm")
    expect(await confirm.isDisabled()).toBe(true)
    await page.getByTestId("privacy-holds").getByRole("checkbox").first().click()
    await page.getByTestId("privacy-reason").fill("The dispute was settled by phone.")
    expect(await confirm.isEnabled()).toBe(true)
    await screenshot(page, "held-customer")
    await confirm.click()
    await widget(page, "done").waitFor()
  })

  it("checks and retries the customer of the page alone, whoever else was held with the same request", async () => {
    const shoppers = [await register(store, { first_name: "Ada" }), await register(store, { first_name: "Ben" })]
    for (const { id } of shoppers) {
      await ok(store.officer.post(`/admin/customers/${id}/legal-hold`, { reason: "A dispute" }))
    }
    const body = { type: "erasure", identifier_type: "email", identifiers: shoppers.map(({ email }) => email) }
    const { preview } = await ok(store.officer.post("/admin/privacy-requests/preview", body))
    const { privacy_request } = await ok(store.officer.post("/admin/privacy-requests", { ...body, plan_hash: preview.plan_hash, confirm: 2 }))
    await finished(store, privacy_request.id)
    const [ada, ben] = shoppers
    await ok(store.officer.delete(`/admin/customers/${ben.id}/legal-hold`))

    await open(page, ada)
    await widget(page, "held").waitFor()
    expect(await page.getByTestId("privacy-retry").count()).toBe(0)
    await page.getByTestId("privacy-check").click()
    await page.getByText("Holds checked; nothing was changed").waitFor()
    await ok(store.officer.delete(`/admin/customers/${ada.id}/legal-hold`))
    await page.getByTestId("privacy-check").click()
    await page.getByTestId("privacy-retry").click()
    const question = page.getByRole("alertdialog")
    await question.getByText(ada.email).waitFor()
    await screenshot(page, "retry-one-customer")
    await question.getByRole("button", { name: "Remove now" }).click()
    await widget(page, "done").waitFor()
    expect(await finished(store, privacy_request.id)).toMatchObject({ totals: { complete: 1, held: 1 } })
    expect((await ok(store.officer.get(`/admin/customers/${ben.id}/privacy`))).customer_privacy.status).toBe("held")
  })

  it("says that the Unknown Customer is protected", async () => {
    await erase(store, await register(store), { method: "delete" })
    const { id } = await store.database.row("SELECT id FROM customer WHERE email = 'unknown-customer@erased.invalid'")
    await open(page, { id })
    await widget(page, "protected").waitFor()
  })
})

describe("who sees the widget", () => {
  it("shows nothing to an admin without the permission", async () => {
    const plain = await startTestStore({ name: "browser_plain", options: { officers: [] } })
    const shopper: Shopper = await register(plain)
    const page = await openAdmin(browser, plain)
    await page.goto(`${plain.url}/app/customers/${shopper.id}`)
    await page.getByText(shopper.email).first().waitFor()
    await page.waitForLoadState("networkidle")
    expect(await page.getByTestId("privacy-widget").count()).toBe(0)
    expect(await page.getByTestId("privacy-anonymize").count()).toBe(0)
    await plain.stop()
  })
})

describe("in German and in the dark", () => {
  it("shows the widget and the dialog", async () => {
    const page = await openAdmin(browser, store, { language: "de", theme: "dark" })
    const shopper = await register(store, { first_name: "Dora" })
    await open(page, shopper)
    await widget(page, "ready").waitFor()
    expect(await page.getByTestId("privacy-anonymize").textContent()).toContain("anonymisieren")
    await page.getByTestId("privacy-anonymize").click()
    await page.getByTestId("privacy-dialog").waitFor()
    await screenshot(page, "confirmation-german-dark")
  })
})

describe("Settings → Privacy", () => {
  it("shows the data map and manages profiles", async () => {
    const page = await openAdmin(browser, store)
    await page.goto(`${store.url}/app/settings/privacy`)
    await page.getByTestId("privacy-coverage").waitFor()
    await page.getByTestId("privacy-data-map").waitFor()
    await screenshot(page, "data-map")
    await ok(
      store.officer.post("/admin/privacy-profiles", {
        name: "Country only",
        overrides: [{ category: "location", strategy: "null" }, { column: "country_code", strategy: "keep" }],
      })
    )
    await page.goto(`${store.url}/app/settings/privacy/profiles`)
    await page.getByText("Country only").waitFor()
    await screenshot(page, "profiles")
  })
})

