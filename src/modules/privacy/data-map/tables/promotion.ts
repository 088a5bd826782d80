import type { MedusaTable } from "../definition"
import { partOf } from "./common"

/** In its place stands a value no customer has, so that the rule matches nobody instead of everybody. */
const nobody = { category: "identity" as const, anonymize: { strategy: "pseudonym", form: "row" } }

/** How Medusa calls the customer in a rule about prices. */
const OF_CUSTOMER = "t.attribute IN ('customer_id', 'customer.id')"

export const promotionTables: MedusaTable[] = [
  {
    table: "promotion_rule_value",
    module: "promotion",
    kind: "promotions",
    rows: [
      partOf("value", "customer"),
      { column: "value", identifier: "email", owner: null },
    ],
    columns: { value: nobody },
    technical: ["promotion_rule_id"],
  },
  {
    table: "promotion_campaign_budget_usage",
    module: "promotion",
    kind: "promotions",
    rows: [
      partOf("attribute_value", "customer"),
      { column: "attribute_value", identifier: "email", owner: null },
    ],
    columns: { attribute_value: nobody },
    technical: ["budget_id", "raw_used"],
  },
  {
    // A price for one customer: it must become nobody's, not everybody's.
    table: "price_rule",
    module: "pricing",
    kind: "prices",
    rows: [{ ...partOf("value", "customer"), where: OF_CUSTOMER, index_with: ["attribute"] }],
    columns: { value: nobody },
    technical: ["price_id", "attribute", "operator"],
  },
  {
    // A price list for certain customers: the others on it keep their prices. One that was for the subject alone becomes nobody's.
    table: "price_list_rule",
    module: "pricing",
    kind: "prices",
    rows: [{ column: "value", mentions: "subject", where: OF_CUSTOMER }],
    // Technical, so that no profile empties a list that is about others, too.
    columns: { value: { category: "technical", anonymize: "json_members" } },
    technical: ["price_list_id", "attribute"],
    shared: true,
    others: ["value"],
  },
]
