import type { TableDeclaration } from "../definition"

/** In its place stands a value no customer has, so that the rule matches nobody instead of everybody. */
const nobody = { category: "identity" as const, anonymize: { strategy: "pseudonym", form: "row" } }

export const promotionTables: TableDeclaration[] = [
  {
    table: "promotion_rule_value",
    module: "promotion",
    kind: "promotions",
    rows: [
      { column: "value", of: "customer" },
      { column: "value", identifier: "email" },
    ],
    columns: { value: nobody },
    technical: ["promotion_rule_id"],
  },
  {
    table: "promotion_campaign_budget_usage",
    module: "promotion",
    kind: "promotions",
    rows: [
      { column: "attribute_value", of: "customer" },
      { column: "attribute_value", identifier: "email" },
    ],
    columns: { attribute_value: nobody },
    technical: ["budget_id", "raw_used"],
  },
  {
    // A price for one customer: it must become nobody's, not everybody's.
    table: "price_rule",
    module: "pricing",
    kind: "prices",
    rows: [{ column: "value", of: "customer", where: "t.attribute IN ('customer_id', 'customer.id')", index_with: ["attribute"] }],
    columns: { value: nobody },
    technical: ["price_id", "attribute", "operator"],
  },
]
