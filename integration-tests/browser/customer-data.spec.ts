import type { Browser, Page } from "playwright-core"
import { openAdmin, openBrowser, screenshot } from "../support/browser"
import { register } from "../support/shopper"
import { startTestStore, type TestStore } from "../support/test-store"

let store: TestStore
let browser: Browser
let page: Page

beforeAll(async () => {
  store = await startTestStore({
    name: "bulk_browser",
    options: { chunk_size: 2, bulk: { approval: false, undo_minutes: 0, throttle_per_minute: 60, concurrency: 1, yield_to_shop: false } },
  })
  browser = await openBrowser()
  page = await openAdmin(browser, store)
})

afterAll(async () => {
  await browser?.close()
  await store?.stop()
})

const several = async (count: number) => {
  const emails: string[] = []
  for (let index = 0; index < count; index += 1) {
    emails.push((await register(store, { first_name: "Bulk" })).email)
  }
  return emails
}

const emailsOf = (emails: string[]) => store.database.rows("SELECT email FROM customer WHERE email = ANY($1)", [emails])

/** From the filled first step to the request's page. */
async function confirmAndStart(subjects: number) {
  await page.getByTestId("privacy-erase-continue").click()
  await page.getByTestId("privacy-plan-statement").waitFor()
  await screenshot(page, "reconciliation")
  await page.getByTestId("privacy-erase-continue").click()
  const count = page.getByTestId("privacy-erase-count")
  const submit = page.getByTestId("privacy-erase-submit")
  await count.fill(String(subjects + 1))
  expect(await submit.isDisabled()).toBe(true)
  await count.fill(String(subjects))
  await submit.click()
  await page.getByTestId("privacy-request").waitFor()
}

describe("Customer data management", () => {
  it("erases a typed list: reconciliation, the number, live to the end", async () => {
    const emails = await several(3)
    await page.goto(`${store.url}/app/customer-data`)
    await page.getByRole("link", { name: "Delete customers" }).or(page.getByRole("button", { name: "Delete customers" })).first().click()
    await page.getByTestId("privacy-erase-window").waitFor()
    for (const email of [...emails, "nobody.at.all@example.com"]) {
      await page.getByTestId("privacy-identifier").fill(email)
      await page.getByTestId("privacy-add-identifier").click()
    }
    await screenshot(page, "multi-selection")
    await confirmAndStart(3)
    await page.getByText("Complete", { exact: true }).first().waitFor()
    await screenshot(page, "bulk-request")
    expect(await emailsOf(emails)).toEqual([])
  })

  it("refuses a file of another kind at once, and erases an uploaded list", async () => {
    const emails = await several(2)
    await page.goto(`${store.url}/app/customer-data/erase`)
    await page.getByTestId("privacy-source-file").click()
    const input = page.locator("input[type=file]")
    await input.setInputFiles({ name: "list.xlsx", mimeType: "application/octet-stream", buffer: Buffer.from("x") })
    await page.locator("#privacy-file-problem", { hasText: /\S/ }).waitFor()
    await input.setInputFiles({ name: "list.txt", mimeType: "text/plain", buffer: Buffer.from(emails.join("\n")) })
    await page.getByTestId("privacy-chosen-file").waitFor()
    await confirmAndStart(2)
    await page.getByText("Complete", { exact: true }).first().waitFor()
    expect(await emailsOf(emails)).toEqual([])
  })

  it("stops and resumes a running request", async () => {
    // Sixty a minute, spread over the minute: the request is under way long enough to be stopped.
    await store.database.rows("UPDATE privacy_subject SET processed_at = now() - interval '1 hour'")
    const emails = await several(24)
    await page.goto(`${store.url}/app/customer-data/erase`)
    await page.getByTestId("privacy-source-file").click()
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "list.txt", mimeType: "text/plain", buffer: Buffer.from(emails.join("\n")) })
    await confirmAndStart(24)
    await page.getByTestId("privacy-request-stop").click()
    await page.getByText("Stopped", { exact: true }).first().waitFor()
    await screenshot(page, "stopped-request")
    const left = (await emailsOf(emails)).length
    expect(left).toBeGreaterThan(0)
    await store.database.rows("UPDATE privacy_subject SET processed_at = now() - interval '1 hour' WHERE processed_at IS NOT NULL")
    await page.getByTestId("privacy-request-resume").click()
    await page.getByRole("alertdialog").getByRole("button", { name: "Resume" }).click()
    await page.getByText("Complete", { exact: true }).first().waitFor()
    expect(await emailsOf(emails)).toEqual([])
    await page.goto(`${store.url}/app/customer-data`)
    await page.getByTestId("privacy-requests").waitFor()
    await page.waitForLoadState("networkidle")
    await screenshot(page, "customer-data-management")
  })
})
