/**
 * What the privacy plugin has to know about subscriptions: a link says whose they are; running ones are cancelled and have no next
 * order. What was paid and until when stays.
 */
export const subscriptionTables = [
  {
    table: "customer_subscription",
    kind: "subscription links",
    rows: [{ column: "customer_id", of: "customer" }],
    delete_row: ["delete"],
    columns: {},
    technical: ["customer_id", "subscription_id"],
  },
  {
    table: "subscription",
    kind: "subscriptions",
    rows: [{ column: "id", of: "customer_subscription", parent_column: "subscription_id", dead_links: "unclaimed" }],
    columns: {
      status: { category: "technical", anonymize: { strategy: "set", value: "canceled", when: ["active", "failed"] } },
      next_order_date: { category: "technical", anonymize: "null" },
      metadata: { category: "free_text", anonymize: "json_scrub" },
    },
    technical: ["interval"],
  },
]
