import fs from "node:fs"
import path from "node:path"
import { chromium, type Browser, type Page } from "playwright-core"
import accounts from "../../demo/accounts.json"
import type { TestStore } from "./test-store"

const SWITCHES = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
]

/** A real browser, driven by the tests. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: SWITCHES })

/** A page of the admin, logged in. */
export async function openAdmin(
  browser: Browser,
  store: TestStore,
  { language = "en", theme = "light", account = accounts.admin }: { language?: string; theme?: "light" | "dark"; account?: { email: string; password: string } } = {}
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, colorScheme: theme, locale: "en-US", timezoneId: "UTC" })
  await context.addInitScript(
    ([code, mode]) => {
      window.localStorage.setItem("lng", code)
      window.localStorage.setItem("medusa_admin_theme", mode)
    },
    [language, theme]
  )
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${store.url}/app/login`)
  await page.fill("input[name=email]", account.email)
  await page.fill("input[name=password]", account.password)
  await page.click("button[type=submit]")
  await page.waitForURL((url) => !url.pathname.includes("/login"))
  return page
}

/** Keeps a picture under .test/screenshots; with UPDATE_SCREENSHOTS=1 under docs/images, for the README. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = path.resolve(process.env.UPDATE_SCREENSHOTS ? "docs/images" : ".test/screenshots")
  fs.mkdirSync(folder, { recursive: true })
  // Toasts and fades come to rest.
  await page.waitForTimeout(600)
  await page.screenshot({ path: path.join(folder, `${name}.png`) })
}
