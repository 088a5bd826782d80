import type { MedusaTable } from "../definition"
import { metadata, partOf } from "./common"

/** Columns of Medusa's own tables that hold personal data, as they are called in an index document. */
const PERSONAL_KEYS = [
  "email", "phone", "company", "company_name", "first_name", "last_name", "address_1", "address_2", "address_name", "metadata", "note",
  "data", "to",
]

const FINISHED = "t.state IN ('done', 'failed', 'reverted', 'skipped')"

/** Copies that Medusa keeps beside the records: index documents and stored workflow runs. */
export const copyTables: MedusaTable[] = [
  {
    table: "index_data",
    name: "customer_index_data",
    module: "index",
    kind: "index copies",
    rows: ["customer", "customer_address", "account_holder"].map((of) => partOf("id", of)),
    delete_row: ["anonymize", "delete"],
    columns: { data: { category: "free_text", anonymize: "json_scrub" } },
    technical: ["name"],
  },
  {
    table: "index_data",
    module: "index",
    kind: "index copies",
    rows: [
      "order", "order_address", "cart", "cart_address", "order_line_item", "payment", "payment_session", "fulfillment",
      "fulfillment_address", "return", "order_claim", "order_exchange",
    ].map((of) => partOf("id", of)),
    columns: { data: { category: "free_text", anonymize: { strategy: "json_scrub", keys: PERSONAL_KEYS } } },
    technical: ["name"],
  },
  {
    // Finished runs only: a running one still needs its input. Of a checkout, by far the most and the largest runs, the cart it was for
    // tells whose it is, which spares searching all of it.
    table: "workflow_execution",
    module: "workflows",
    kind: "workflow runs",
    rows: [
      { ...partOf("context.data.payload.id", "cart"), where: `${FINISHED} AND t.workflow_id = 'complete-cart'` },
      ...["execution", "context"].map((column) => ({
        column,
        mentions: "subject" as const,
        where: `${FINISHED} AND t.workflow_id <> 'complete-cart'`,
      })),
    ],
    delete_row: ["anonymize", "delete"],
    columns: { execution: metadata, context: metadata },
    technical: ["workflow_id", "transaction_id", "run_id", "state"],
    // A run may have been about several people at once.
    others: ["execution", "context"],
  },
]
