import { runToEnd } from "./child-process.mjs"
import { PlainError } from "./plain-error.mjs"

/** Installs Debian's Chromium, which the browser tests drive. */
export async function installBrowser({ log }) {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    throw new PlainError(
      `The browser tests need Chromium at ${installBrowser.path}. Install it (on Debian: apt-get install chromium), or name another by CHROMIUM_PATH.`
    )
  }
  await runToEnd("apt-get", ["update"], { what: "Reading the package lists", log })
  await runToEnd("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { what: "Installing Chromium", log })
}

/** Where the browser is. */
installBrowser.path = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium"
