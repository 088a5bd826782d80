import type { TableDeclaration } from "../definition"
import { metadata, postalAddress } from "./common"

const carrierReference = { category: "contact" as const, anonymize: "redact" }

export const fulfillmentTables: TableDeclaration[] = [
  {
    table: "order_fulfillment",
    module: "fulfillment",
    kind: "fulfillments",
    rows: [{ column: "order_id", of: "order" }],
    columns: {},
    technical: ["order_id", "fulfillment_id"],
  },
  {
    table: "return_fulfillment",
    module: "fulfillment",
    kind: "fulfillments",
    rows: [{ column: "return_id", of: "return" }],
    columns: {},
    technical: ["return_id", "fulfillment_id"],
  },
  {
    table: "fulfillment",
    module: "fulfillment",
    kind: "fulfillments",
    rows: [
      { column: "id", of: "order_fulfillment", parent_column: "fulfillment_id" },
      { column: "id", of: "return_fulfillment", parent_column: "fulfillment_id" },
    ],
    columns: { data: metadata, metadata },
    technical: ["location_id", "provider_id", "shipping_option_id", "delivery_address_id", "marked_shipped_by", "created_by"],
    others: ["marked_shipped_by", "created_by"],
  },
  {
    table: "fulfillment_address",
    module: "fulfillment",
    kind: "addresses",
    rows: [{ column: "id", of: "fulfillment", parent_column: "delivery_address_id" }],
    columns: postalAddress,
    recipient: "first_name",
  },
  {
    table: "fulfillment_label",
    module: "fulfillment",
    kind: "fulfillments",
    rows: [{ column: "fulfillment_id", of: "fulfillment" }],
    columns: { tracking_number: carrierReference, tracking_url: carrierReference, label_url: carrierReference },
    technical: ["fulfillment_id"],
  },
]
