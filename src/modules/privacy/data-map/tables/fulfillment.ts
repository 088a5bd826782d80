import type { MedusaTable } from "../definition"
import { linkedBy, metadata, partOf, postalAddress } from "./common"

const carrierReference = { category: "contact" as const, anonymize: "redact" }

export const fulfillmentTables: MedusaTable[] = [
  {
    table: "order_fulfillment",
    module: "fulfillment",
    kind: "fulfillments",
    rows: [partOf("order_id", "order")],
    columns: {},
    technical: ["order_id", "fulfillment_id"],
  },
  {
    table: "return_fulfillment",
    module: "fulfillment",
    kind: "fulfillments",
    rows: [partOf("return_id", "return")],
    columns: {},
    technical: ["return_id", "fulfillment_id"],
  },
  {
    table: "fulfillment",
    module: "fulfillment",
    kind: "fulfillments",
    rows: [
      linkedBy("id", "order_fulfillment", "fulfillment_id", "unclaimed"),
      linkedBy("id", "return_fulfillment", "fulfillment_id", "unclaimed"),
    ],
    columns: { data: metadata, metadata },
    technical: ["location_id", "provider_id", "shipping_option_id", "delivery_address_id", "marked_shipped_by", "created_by"],
    others: ["marked_shipped_by", "created_by"],
  },
  {
    table: "fulfillment_address",
    module: "fulfillment",
    kind: "addresses",
    rows: [partOf("id", "fulfillment", "delivery_address_id")],
    columns: postalAddress,
    recipient: "first_name",
  },
  {
    table: "fulfillment_label",
    module: "fulfillment",
    kind: "fulfillments",
    rows: [partOf("fulfillment_id", "fulfillment")],
    columns: { tracking_number: carrierReference, tracking_url: carrierReference, label_url: carrierReference },
    technical: ["fulfillment_id"],
  },
]
