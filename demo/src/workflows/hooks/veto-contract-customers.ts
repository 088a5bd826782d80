import { MedusaError, Modules } from "@medusajs/framework/utils"
import { eraseCustomerWorkflow } from "medusa-plugin-privacy/workflows"

/**
 * An example of a veto: whoever has a contract with the shop is not erased before it ends. The message is what the officer reads.
 */
eraseCustomerWorkflow.hooks.validate(async ({ customer_id }, { container }) => {
  const [customer] = await container.resolve(Modules.CUSTOMER).listCustomers({ id: customer_id }, { select: ["id", "metadata"] })
  const until = new Date(String(customer?.metadata?.contract_until ?? ""))
  if (until > new Date()) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `This customer has a contract until ${until.toISOString().slice(0, 10)}. End the contract first, then erase.`
    )
  }
})
