/**
 * A shop's own hooks into Medusa's workflows, which tell an ERP of every change and fail when it does not take it. It does not: while the file
 * `waits` exists each hook notes in `calls` that it waits, and when the file goes it throws, so that Medusa compensates what was done before.
 * Loaded as a destination, because that is a file of its own in the store's process.
 */
const fs = require("node:fs")
const { updateCartWorkflow, updateCustomerAddressesWorkflow, updateCustomersWorkflow } = require("@medusajs/medusa/core-flows")
const { ModuleProvider } = require("@medusajs/framework/utils")

let files = null

const failing = (name) => async () => {
  if (!files || !fs.existsSync(files.waits)) {
    return
  }
  fs.appendFileSync(files.calls, `${name}\n`)
  while (fs.existsSync(files.waits)) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error("The ERP refused the change.")
}

updateCustomersWorkflow.hooks.customersUpdated(failing("customer"))
updateCustomerAddressesWorkflow.hooks.addressesUpdated(failing("address"))
updateCartWorkflow.hooks.cartUpdated(failing("cart"))

class FailingErp {
  static identifier = "erp"
  needs = ["customer_id"]

  constructor(_dependencies, options) {
    files = options
  }

  async erase() {
    return { removed: [], retained: [], messages: [], done: true }
  }
}

module.exports = ModuleProvider("privacy", { services: [FailingErp] })
