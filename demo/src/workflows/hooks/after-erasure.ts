import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { customersErasedWorkflow } from "medusa-plugin-privacy/workflows"

/** An example of work after an erasure: this one only notes that it was called. A repeat of a customer comes with the same `delivery_id`. */
customersErasedWorkflow.hooks.erased(async ({ customers }, { container }) => {
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  customers.forEach(({ customer_ids, delivery_id }) => logger.info(`After the erasure of ${customer_ids.join(", ")}: hook called for ${delivery_id}`))
})
