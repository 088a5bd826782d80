/** A third party's destination, as a store would write one: it only notes in a file whom it was asked to forget, and says that everybody gets the weekly letter. */
const fs = require("node:fs")
const { MedusaError, ModuleProvider } = require("@medusajs/framework/utils")

class NewsletterDestination {
  static identifier = "newsletter"

  static validateOptions(options) {
    if (!options?.file) {
      throw new MedusaError(MedusaError.Types.INVALID_DATA, "The newsletter destination needs the option `file`.")
    }
  }

  constructor(_dependencies, options) {
    this.needs = options.needs ?? ["email"]
    this.file = options.file
  }

  async extract({ identifiers }) {
    return { data: [{ kind: "subscription", records: identifiers.emails.map((email) => ({ email, list: "weekly" })) }], done: true }
  }

  async erase({ identifiers, idempotency_key, reference }) {
    fs.appendFileSync(this.file, `${JSON.stringify({ identifiers, idempotency_key, reference })}\n`)
    return { removed: [{ what: "subscription", count: identifiers.emails.length }], retained: [], messages: [], done: true }
  }
}

module.exports = ModuleProvider("privacy", { services: [NewsletterDestination] })
