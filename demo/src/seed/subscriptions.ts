import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { SUBSCRIPTION_MODULE } from "../modules/subscription"
import type SubscriptionModuleService from "../modules/subscription/service"
import type { Buyer } from "./orders"
import type { Name } from "./story-people"

const DAY = 86_400_000

/** Olivia has coffee sent every month, and had a yearly magazine that ended. */
export async function subscribe(container: MedusaContainer, buyers: Record<Name, Buyer>) {
  const subscriptions: SubscriptionModuleService = container.resolve(SUBSCRIPTION_MODULE)
  const from = (days: number) => new Date(Date.now() + days * DAY)
  const made = await subscriptions.createSubscriptions([
    {
      status: "active", interval: "monthly", period: 12, subscription_date: from(-100), last_order_date: from(-10), next_order_date: from(20),
      expiration_date: from(265), metadata: { note: "Grind it coarse, for Olivia Davis" },
    },
    {
      status: "expired", interval: "yearly", period: 1, subscription_date: from(-500), last_order_date: from(-500), next_order_date: null,
      expiration_date: from(-135),
    },
  ])
  await container.resolve(ContainerRegistrationKeys.LINK).create(
    made.map(({ id }) => ({ [SUBSCRIPTION_MODULE]: { subscription_id: id }, [Modules.CUSTOMER]: { customer_id: buyers.olivia.customer_id } }))
  )
}
