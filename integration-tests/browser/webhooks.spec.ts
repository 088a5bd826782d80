import type { Browser, Page } from "playwright-core"
import { Webhook } from "standardwebhooks"
import { openAdmin, openBrowser, screenshot } from "../support/browser"
import { newCustomer } from "../support/customers"
import { startReceiver, type Receiver } from "../support/receiver"
import { erase } from "../support/requests"
import { startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

let store: TestStore
let receiver: Receiver
let browser: Browser
let page: Page

beforeAll(async () => {
  receiver = await startReceiver()
  store = await startTestStore({ name: "webhooks_browser", options: { webhooks: { allow_http: true, allow_private: true } } })
  browser = await openBrowser()
  page = await openAdmin(browser, store)
})

afterAll(async () => {
  await browser?.close()
  await store?.stop()
  await receiver?.stop()
})

const menu = async (item: string) => {
  await page.getByRole("button", { name: /^Actions for http/ }).click()
  await page.getByRole("menuitem", { name: item }).click()
}

/** The focus is back where it came from. */
const focusOnMenu = () => page.waitForFunction(() => document.activeElement?.getAttribute("aria-label")?.startsWith("Actions for http"))

describe("Settings → Privacy", () => {
  it("Webhooks: a new one shows its secret once, and a test arrives signed", async () => {
    await page.goto(`${store.url}/app/settings/privacy/webhooks`)
    await page.getByText("No webhooks").waitFor()
    await page.getByRole("link", { name: "Create" }).or(page.getByRole("button", { name: "Create" })).first().click()
    await page.getByTestId("privacy-save").click()
    await page.getByText("Give the address.").waitFor()
    await page.getByTestId("privacy-webhook-url").fill(`${receiver.url}/hooks/privacy`)
    await page.getByTestId("privacy-webhook-description").fill("Our newsletter")
    await page.getByTestId("privacy-save").click()
    const secret = (await page.getByTestId("privacy-webhook-secret").textContent()) as string
    await screenshot(page, "webhook-secret")
    await page.getByTestId("privacy-save").click()
    await page.getByTestId("privacy-webhooks").getByText("Our newsletter").waitFor()

    await menu("Send test")
    await page.getByText("Test on its way").waitFor()
    await until(async () => receiver.received.length === 1)
    expect(new Webhook(secret).verify(receiver.received[0].body, receiver.received[0].headers)).toMatchObject({ type: "webhook.test" })
  })

  it("Webhooks: a new secret is shown after a question, and signs beside the former", async () => {
    await menu("New secret")
    await page.getByRole("alertdialog").getByRole("button", { name: "Make a new secret" }).click()
    const secret = (await page.getByTestId("privacy-webhook-secret").textContent()) as string
    await page.getByRole("button", { name: "Done" }).click()
    await focusOnMenu()
    await erase(store, await newCustomer(store))
    await until(async () => receiver.received.length === 3)
    const [last] = receiver.received.slice(-1)
    expect(last.headers["webhook-signature"].split(" ")).toHaveLength(2)
    new Webhook(secret).verify(last.body, last.headers)
    await page.reload()
    await page.getByTestId("privacy-webhooks").getByText(/Confirmed,/).waitFor()
    await screenshot(page, "webhooks")
  })

  it("Deliveries: shows what failed with its log, and tries it again on a click", async () => {
    receiver.answer = () => ({ status: 503, body: '{"error":"down for maintenance"}' })
    await erase(store, await newCustomer(store))
    await page.goto(`${store.url}/app/settings/privacy/deliveries`)
    const failing = page.getByTestId("privacy-deliveries").getByRole("row").filter({ hasText: "Pending" }).filter({ hasText: "User deleted" }).first()
    await failing.waitFor()
    await screenshot(page, "deliveries")
    await failing.click()
    const drawer = page.getByTestId("privacy-delivery")
    await drawer.getByText("The receiver answered 503.").first().waitFor()
    await drawer.getByText('{"error":"…"}').first().waitFor()
    await screenshot(page, "delivery-log")

    receiver.answer = () => ({ status: 200 })
    await page.getByTestId("privacy-delivery-retry").click()
    await page.getByText("Being tried again").waitFor()
    await drawer.locator('[data-testid="privacy-delivery-status"][data-status="acknowledged"]').waitFor()
  })

  it("fit a phone, and a row opens by keyboard", async () => {
    await page.goto(`${store.url}/app/settings/privacy/webhooks`)
    await page.setViewportSize({ width: 390, height: 844 })
    const link = page.getByTestId("privacy-webhooks").getByRole("link", { name: receiver.url })
    await link.focus()
    expect(await page.evaluate(() => document.querySelector("main")?.scrollWidth)).toBe(390)
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { name: "Edit webhook" }).waitFor()
    await page.keyboard.press("Escape")
    await link.waitFor()
    await menu("Delete")
    await page.keyboard.press("Escape")
    await focusOnMenu()
    await page.setViewportSize({ width: 1440, height: 1000 })
  })

  it("Deliveries: filters stand in the address", async () => {
    await page.goto(`${store.url}/app/settings/privacy/deliveries?status=%22acknowledged%22`)
    await page.getByTestId("privacy-delivery-status").first().waitFor()
    const shown = await page.getByTestId("privacy-delivery-status").evaluateAll((badges) => badges.map((badge) => badge.getAttribute("data-status")))
    expect(new Set(shown)).toEqual(new Set(["acknowledged"]))
  })
})
