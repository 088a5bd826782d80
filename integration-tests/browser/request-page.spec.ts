import type { Browser, Page } from "playwright-core"
import { openAdmin, openBrowser, screenshot } from "../support/browser"
import { ok } from "../support/http"
import { finished } from "../support/requests"
import { register } from "../support/shopper"
import { startTestStore, type TestStore } from "../support/test-store"

let store: TestStore
let browser: Browser
let page: Page

beforeAll(async () => {
  store = await startTestStore({ name: "request_browser" })
  browser = await openBrowser()
  page = await openAdmin(browser, store)
})

afterAll(async () => {
  await browser?.close()
  await store?.stop()
})

/** A finished request: the first customer is gone, the others are held by a dispute. */
async function heldRequest(held: number) {
  const shoppers = []
  for (let index = 0; index <= held; index += 1) {
    shoppers.push(await register(store, { first_name: "Held" }))
  }
  for (const { id } of shoppers.slice(1)) {
    await ok(store.officer.post(`/admin/customers/${id}/legal-hold`, { reason: "A dispute" }))
  }
  const identifiers = shoppers.map(({ email }) => email)
  const body = { type: "erasure", identifier_type: "email", identifiers }
  const { preview } = await ok(store.officer.post("/admin/privacy-requests/preview", body))
  const { privacy_request } = await ok(
    store.officer.post("/admin/privacy-requests", { ...body, plan_hash: preview.plan_hash, confirm: shoppers.length })
  )
  return { shoppers, request: await finished(store, privacy_request.id) }
}

const rows = (target: Page) => target.getByTestId("privacy-subjects").locator("tbody tr")

describe("the page of a request", () => {
  it("shows who did what, narrows the customers by reason, and retries one alone", async () => {
    const { shoppers, request } = await heldRequest(2)
    await page.goto(`${store.url}/app/customer-data/${request.id}`)
    const history = page.getByTestId("privacy-request-history")
    await history.getByText("Finished").waitFor()
    await history.getByText("Removal requested").waitFor()
    await history.getByText("admin@demo.test").first().waitFor()

    await page.goto(`${store.url}/app/customer-data/${request.id}?reason=%22legal_hold%22`)
    await rows(page).nth(1).waitFor()
    expect(await rows(page).count()).toBe(2)
    await rows(page).first().getByText("must be released first").waitFor()
    await screenshot(page, "held-subjects")

    await ok(store.officer.delete(`/admin/customers/${shoppers[1].id}/legal-hold`))
    const { subjects } = await ok(store.officer.get(`/admin/privacy-requests/${request.id}/subjects`))
    const { identifier_redacted } = subjects.find(({ customer_id }: { customer_id: string }) => customer_id === shoppers[1].id)
    const position = subjects.filter(({ status }: { status: string }) => status === "held").findIndex(
      ({ customer_id }: { customer_id: string }) => customer_id === shoppers[1].id
    )
    expect(identifier_redacted).toBeTruthy()
    await page.getByTestId("privacy-retry-subject").nth(position).click()
    const question = page.getByRole("alertdialog")
    await question.getByText(identifier_redacted).waitFor()
    await question.getByRole("button", { name: "Retry" }).click()
    await page.getByText("Customer queued again").waitFor()
    await page.waitForFunction(() => document.querySelectorAll("[data-testid=privacy-subjects] tbody tr").length === 1)
    await history.getByText("Open customers queued again").waitFor()
    expect(await finished(store, request.id)).toMatchObject({ totals: { complete: 2, held: 1 } })
  })

  it("warns of the due date, and extends it once, with a reason", async () => {
    const { request } = await heldRequest(1)
    await store.database.rows("UPDATE privacy_request SET due_at = now() + interval '2 days' WHERE id = $1", [request.id])
    await page.goto(`${store.url}/app/customer-data`)
    await page.locator("[data-testid=privacy-due][data-due=near]").first().waitFor()
    await screenshot(page, "due-soon")
    await page.goto(`${store.url}/app/customer-data/${request.id}`)
    await page.getByTestId("privacy-request-extend").click()
    const submit = page.getByTestId("privacy-extend-submit")
    expect(await submit.isDisabled()).toBe(true)
    await page.getByTestId("privacy-extend-reason").fill("Many orders in several archives.")
    await screenshot(page, "extend-due-date")
    await submit.click()
    await page.locator("[data-testid=privacy-due][data-due=later]").waitFor()
    await page.getByTestId("privacy-request-facts").getByText("Many orders in several archives.").waitFor()
    expect(await page.getByTestId("privacy-request-extend").count()).toBe(0)
    await page.getByTestId("privacy-request-history").getByText("Due date extended").waitFor()
  })

  it("notices within seconds that another officer resumed a stopped request", async () => {
    const { request } = await heldRequest(0)
    await store.database.rows("UPDATE privacy_request SET status = 'stopped' WHERE id = $1", [request.id])
    await page.goto(`${store.url}/app/customer-data/${request.id}`)
    await page.locator("[data-testid=privacy-request-status][data-status=stopped]").waitFor()
    await ok(store.officer.post(`/admin/privacy-requests/${request.id}/resume`))
    await page.locator("[data-testid=privacy-request-status][data-status=complete]").waitFor()
  })

  it("speaks German, the reasons of holds too, in the dark", async () => {
    const { request } = await heldRequest(1)
    const german = await openAdmin(browser, store, { language: "de", theme: "dark" })
    await german.goto(`${store.url}/app/customer-data/${request.id}`)
    await german.getByText("Sie muss zuerst aufgehoben werden.").first().waitFor()
    expect(await german.content()).not.toContain("A legal hold is in force")
    await german.waitForLoadState("networkidle")
    await screenshot(german, "held-subjects-german-dark")
  })
})

describe("the menu", () => {
  it.each([
    ["en", "Data management"],
    ["de", "Datenverwaltung"],
  ])("names the page in one line (%s)", async (language, label) => {
    const own = await openAdmin(browser, store, { language })
    await own.goto(`${store.url}/app/customer-data`)
    const item = own.locator("aside a", { hasText: label }).first()
    await item.waitFor()
    const { height } = (await item.boundingBox()) as { height: number }
    expect(height).toBeLessThanOrEqual(32)
    await own.getByTestId("privacy-requests").waitFor()
    await own.waitForLoadState("networkidle")
    await screenshot(own, `menu-${language}`)
  })
})

describe("missing indexes", () => {
  it("are created on a click, after a question, while the page looks on", async () => {
    await page.goto(`${store.url}/app/settings/privacy`)
    const index = page.locator("[data-testid=privacy-index]").first()
    await index.waitFor()
    await page.waitForLoadState("networkidle")
    await screenshot(page, "missing-indexes")
    const name = (await index.getAttribute("data-index")) as string
    await index.getByTestId("privacy-create-index").click()
    const question = page.getByRole("alertdialog")
    await question.getByText("costs on every write").waitFor()
    expect(await store.database.row("SELECT to_regclass($1) AS index", [`"${name}"`])).toEqual({ index: null })
    await question.getByRole("button", { name: "Create index" }).click()
    await page.getByText("Index created").first().waitFor()
    expect(await page.locator(`[data-index="${name}"]`).count()).toBe(0)
    expect(await store.database.row("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)", [`"${name}"`])).toEqual({ indisvalid: true })
  })
})
