import fs from "node:fs"
import type { Browser, Page } from "playwright-core"
import accounts from "../../demo/accounts.json"
import { openAdmin, openBrowser, screenshot } from "../support/browser"
import { extract, filesOf, openArchive, parsed } from "../support/extracts"
import { register } from "../support/shopper"
import { startTestStore, type TestStore } from "../support/test-store"
import { unzip } from "../support/unzip"

const STAFF = { email: "staff@demo.test", password: accounts.customers.password }

let store: TestStore
let browser: Browser
let page: Page

beforeAll(async () => {
  store = await startTestStore({
    name: "extract_browser",
    options: {
      officers: [
        { user: accounts.admin.email, permissions: ["all"] },
        { user: STAFF.email, permissions: ["view", "erase"] },
      ],
    },
  })
  browser = await openBrowser()
  page = await openAdmin(browser, store)
})

afterAll(async () => {
  await browser?.close()
  await store?.stop()
})

const open = (target: Page, customer: { id: string }) => target.goto(`${store.url}/app/customers/${customer.id}`)

/** Clicks, and gives what the browser saved: its name and the files in it. */
async function download(testId: string) {
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByTestId(testId).first().click()])
  return { name: saved.suggestedFilename(), files: await unzip(fs.readFileSync(await saved.path())) }
}

const story = (email: string) =>
  store.database.row<{ id: string; email: string }>("SELECT id, email FROM customer WHERE email = $1 AND has_account", [email])

describe("the export on the customer page", () => {
  it("leads from the button to the downloaded file without a reload, and both stand in the history", async () => {
    const anna = await story("anna.schmidt@example.com")
    await open(page, anna)
    await page.getByTestId("privacy-export").click()
    await page.getByTestId("privacy-export-json").waitFor()
    await screenshot(page, "export-formats")
    await page.getByTestId("privacy-export-json").click()
    await page.getByText("Archive ready").first().waitFor()
    // Away from the message in the corner.
    await page.getByTestId("privacy-archive").evaluate((element) => element.scrollIntoView({ block: "center" }))
    await screenshot(page, "export-ready")

    const { name, files } = await download("privacy-download-archive")

    expect(name).toMatch(/^extract-PR-[2-9A-HJ-NP-Z]{8}\.zip$/)
    const [customer] = [...files.keys()].filter((path) => path.endsWith(".json") && !path.includes("manifest"))
    expect(JSON.stringify(parsed(files.get(customer)))).toContain(anna.email)
    const history = page.getByTestId("privacy-timeline")
    await history.getByText("Archive downloaded").waitFor()
    await history.getByText("Data extracted").waitFor()
    await history.getByText("Extract requested").waitFor()
  })

  it("makes a fresh one in the other format", async () => {
    await page.getByTestId("privacy-export-again").click()
    await page.getByTestId("privacy-export-csv").click()
    await page.getByText("Archive ready").first().waitFor()
    const { files } = await download("privacy-download-archive")
    expect([...files.keys()].some((path) => path.endsWith(".csv"))).toBe(true)
  })

  it("that was stopped leads to its request, which says why", async () => {
    const shopper = await register(store, { first_name: "Sten" })
    const { id } = await extract(store, shopper.id)
    // As the file storage leaves it when it takes no more.
    await store.database.rows("UPDATE privacy_request SET status = 'stopped', error = 'The file storage refused the archive.' WHERE id = $1", [id])
    await store.database.rows("UPDATE privacy_subject SET status = 'pending', file_id = NULL WHERE request_id = $1", [id])
    await open(page, shopper)
    await page.getByTestId("privacy-export-waiting").click()
    await page.getByTestId("privacy-request-error").getByText("The file storage refused the archive.").waitFor()
    await page.getByTestId("privacy-request-resume").click()
    await page.locator("[data-testid=privacy-request-status][data-status=complete]").waitFor()
  })

  it("is not there for an officer who may not extract", async () => {
    const shopper = await register(store, { first_name: "Nora" })
    const other = await openAdmin(browser, store, { account: STAFF })
    await open(other, shopper)
    await other.getByTestId("privacy-anonymize").waitFor()
    expect(await other.getByTestId("privacy-export").count()).toBe(0)
    const request = await extract(store, shopper.id)
    await other.goto(`${store.url}/app/customer-data/${request.id}`)
    await other.getByTestId("privacy-request-facts").waitFor()
    expect(await other.getByTestId("privacy-files").count()).toBe(0)
    await other.goto(`${store.url}/app/customer-data/extract`)
    await other.getByTestId("privacy-no-permission").waitFor()
    await other.context().close()
  })
})

describe("the window Extract customer details", () => {
  let request: string

  it("leads from a typed list to a downloaded archive, without a typed confirmation", async () => {
    const shoppers = [await register(store, { first_name: "Ada", last_name: "Lovelace" }), await register(store, { first_name: "Alan", last_name: "Turing" })]
    await page.goto(`${store.url}/app/customer-data`)
    await page.getByRole("link", { name: "Extract customer details" }).first().click()
    await page.getByTestId("privacy-extract-window").waitFor()
    for (const email of [...shoppers.map((shopper) => shopper.email), "nobody.at.all@example.com"]) {
      await page.getByTestId("privacy-identifier").fill(email)
      await page.getByTestId("privacy-add-identifier").click()
    }
    await page.getByTestId("privacy-format-csv").click()
    await screenshot(page, "extract-window")
    await page.getByTestId("privacy-extract-continue").click()
    await page.getByTestId("privacy-plan-statement").waitFor()
    await screenshot(page, "extract-reconciliation")
    await page.getByTestId("privacy-extract-submit").click()
    await page.getByTestId("privacy-request").waitFor()
    await page.locator("[data-testid=privacy-file-row][data-status=ready]").waitFor()

    const { files } = await download("privacy-download-file")

    const paths = [...files.keys()].join("\n")
    expect(paths).toMatch(/Lovelace|lovelace/)
    expect(paths).toMatch(/Turing|turing/)
    await page.getByTestId("privacy-file-downloads").getByRole("button").click()
    await page.getByTestId("privacy-file-downloads").getByText("admin@demo.test").waitFor()
    await page.getByTestId("privacy-request-history").getByText("Archive downloaded").waitFor()
    await screenshot(page, "extract-request")
    request = page.url().split("/").pop() as string
  })

  it("takes an uploaded list as well", async () => {
    const shopper = await register(store, { first_name: "Grace" })
    await page.goto(`${store.url}/app/customer-data/extract`)
    await page.getByTestId("privacy-source-file").click()
    await page.locator("input[type=file]").setInputFiles({ name: "list.txt", mimeType: "text/plain", buffer: Buffer.from(shopper.email) })
    await page.getByTestId("privacy-extract-continue").click()
    await page.getByTestId("privacy-plan-statement").waitFor()
    await page.getByTestId("privacy-extract-submit").click()
    await page.locator("[data-testid=privacy-file-row][data-status=ready]").waitFor()
  })

  it("says that no files are available once they expired, and extracts again", async () => {
    await store.database.rows("UPDATE privacy_file SET expires_at = now() - interval '1 minute' WHERE request_id = $1", [request])
    await page.goto(`${store.url}/app/customer-data/${request}`)
    await page.locator("[data-testid=privacy-no-files][data-reason=expired]").waitFor()
    await page.getByText("No files available").waitFor()
    expect(await page.getByTestId("privacy-download-file").count()).toBe(0)
    await screenshot(page, "extract-expired")

    await page.getByTestId("privacy-repeat").click()

    await page.waitForURL((url) => !url.pathname.endsWith(request))
    await page.locator("[data-testid=privacy-file-row][data-status=ready]").waitFor()
  })

  it("tells when a file went while the page was open", async () => {
    const id = page.url().split("/").pop() as string
    await store.database.rows("UPDATE privacy_file SET expires_at = now() - interval '1 minute' WHERE request_id = $1", [id])
    await page.getByTestId("privacy-download-file").click()
    await page.getByText("This file is not available any more.").waitFor()
    await page.locator("[data-testid=privacy-no-files][data-reason=expired]").waitFor()
  })

  it("speaks German in the dark", async () => {
    const german = await openAdmin(browser, store, { language: "de", theme: "dark" })
    const shopper = await register(store, { first_name: "Emil" })
    await open(german, shopper)
    await german.getByTestId("privacy-export").click()
    await german.getByTestId("privacy-export-csv").click()
    await german.getByTestId("privacy-archive").waitFor()
    const { request_id: id } = await store.database.row("SELECT request_id FROM privacy_subject WHERE customer_id = $1", [shopper.id])
    const [{ id: file }] = await filesOf(store, id)
    const readme = (await openArchive(store.officer, id, file)).get("README.txt") as Buffer
    expect(readme.toString("utf8")).toContain("Auszug personenbezogener Daten")
    await german.goto(`${store.url}/app/customer-data/${id}`)
    await german.locator("[data-testid=privacy-file-row][data-status=ready]").waitFor()
    await german.waitForLoadState("networkidle")
    await screenshot(german, "extract-request-german-dark")
    await german.goto(`${store.url}/app/customer-data/extract`)
    await german.getByTestId("privacy-extract-window").waitFor()
    await screenshot(german, "extract-window-german-dark")
    await open(german, shopper)
    await german.getByTestId("privacy-archive").waitFor()
    await german.getByTestId("privacy-timeline").scrollIntoViewIfNeeded()
    await screenshot(german, "export-ready-german-dark")
    await german.goto(`${store.url}/app/customer-data`)
    await german.getByTestId("privacy-requests").waitFor()
    await german.waitForLoadState("networkidle")
    await screenshot(german, "requests-german-dark")
  })
})
