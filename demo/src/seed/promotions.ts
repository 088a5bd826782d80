import type { MedusaContainer } from "@medusajs/framework/types"
import { createCampaignsWorkflow, createPromotionsWorkflow } from "@medusajs/medusa/core-flows"

import { run } from "./run"

/** One code for everybody that each may use twice, and two that belong to one customer alone. */
export async function createPromotions(container: MedusaContainer, owners: { anna: string; victor: string }) {
  const [campaign] = await run(container, createCampaignsWorkflow, {
    campaignsData: [
      {
        name: "Welcome back",
        campaign_identifier: "welcome-back",
        budget: { type: "use_by_attribute", attribute: "customer_id", limit: 2 } as any,
      },
    ],
  })
  const personal = (code: string, customerId: string, percentage: number) => ({
    code,
    type: "standard" as const,
    status: "active" as const,
    rules: [{ attribute: "customer.id", operator: "eq" as const, values: [customerId] }],
    application_method: { type: "percentage" as const, target_type: "items" as const, allocation: "across" as const, value: percentage, currency_code: "eur" },
  })
  await run(container, createPromotionsWorkflow, {
    promotionsData: [
      {
        code: "WELCOME-BACK",
        type: "standard",
        status: "active",
        campaign_id: campaign.id,
        application_method: { type: "percentage", target_type: "items", allocation: "across", value: 5, currency_code: "eur" },
      },
      personal("HELLO-ANNA", owners.anna, 10),
      personal("VICTOR-ONLY", owners.victor, 15),
    ],
  })
}
