import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { customerErasedWorkflow } from "medusa-plugin-privacy/workflows"

/** An example of work after an erasure: this one only notes that it was called. A repeat comes with the same `delivery_id`. */
customerErasedWorkflow.hooks.erased(async ({ customer_ids, delivery_id }, { container }) => {
  container.resolve(ContainerRegistrationKeys.LOGGER).info(`After the erasure of ${customer_ids.join(", ")}: hook called for ${delivery_id}`)
})
