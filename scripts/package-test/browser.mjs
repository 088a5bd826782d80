import path from "node:path"

import { chromium } from "playwright-core"

import { OWNER } from "../lib/fresh-store.mjs"
import { SYSTEM_PROGRAMS } from "../lib/system-programs.mjs"

const SWITCHES = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]

/** The way of an officer from the login to the removed state of a customer, by clicks. Pictures of it go to `pictures`. */
export async function anonymizeInBrowser({ url, customer, pictures }) {
  const { path: executablePath } = SYSTEM_PROGRAMS.find(({ name }) => name === "Chromium")
  const browser = await chromium.launch({ executablePath, args: SWITCHES })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: "en-US", timezoneId: "UTC" })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    const widget = (state) => page.locator(`[data-testid=privacy-widget][data-state=${state}]`).waitFor()
    const picture = async (name) => {
      // Toasts and fades come to rest.
      await page.waitForTimeout(600)
      await page.screenshot({ path: path.join(pictures, `${name}.png`) })
    }
    await page.goto(`${url}/app/login`)
    await page.fill("input[name=email]", OWNER.email)
    await page.fill("input[name=password]", OWNER.password)
    await page.click("button[type=submit]")
    await page.waitForURL(({ pathname }) => !pathname.includes("/login"))
    await page.goto(`${url}/app/customers/${customer.id}`)
    await widget("ready")
    await page.waitForLoadState("networkidle")
    await picture("customer-page")
    await page.getByRole("button", { name: "Anonymize user data" }).click()
    await page.getByTestId("privacy-dialog").waitFor()
    await page.getByTestId("privacy-email").fill(customer.email)
    await picture("confirmation")
    await page.getByTestId("privacy-confirm").click()
    await widget("done")
    await picture("removed")
  } finally {
    await browser.close()
  }
}
