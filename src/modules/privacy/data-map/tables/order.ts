import type { MedusaTable } from "../definition"
import { customerReference, freeText, linkedBy, metadata, partOf, postalAddress } from "./common"

/** What was bought: says nothing about who bought it. */
export const LINE_ITEM_FACTS = [
  "title", "subtitle", "thumbnail", "variant_id", "product_id", "product_title", "product_description", "product_subtitle",
  "product_type", "product_collection", "product_handle", "variant_sku", "variant_barcode", "variant_title", "variant_option_values",
  "product_type_id", "raw_compare_at_unit_price", "raw_unit_price",
]

/** The numbers and references in an order change that its history needs; addresses and e-mails of old and new values go. */
const CHANGE_FACTS = [
  "reference_id", "quantity", "quantity_diff", "unit_price", "compare_at_unit_price", "amount", "item_id", "return_id", "claim_id",
  "exchange_id", "order_id", "reason_id", "version",
]

const ofOrder = [partOf("order_id", "order")]

export const orderTables: MedusaTable[] = [
  {
    table: "order",
    module: "order",
    kind: "orders",
    rows: [
      partOf("customer_id", "customer"),
      // One that merely carries the subject's address but belongs to another live account is that account's.
      { column: "email", identifier: "email", owner: "customer_id" },
    ],
    columns: {
      email: { category: "contact", anonymize: "pseudonym" },
      customer_id: { category: "technical", anonymize: "keep", delete: "reassign" },
      // Whatever happens to the order later, nobody is mailed about it.
      no_notification: { category: "technical", anonymize: { strategy: "redact", value: true } },
      metadata,
    },
    technical: [
      "region_id", "sales_channel_id", "currency_code", "shipping_address_id", "billing_address_id", "custom_display_id", "locale",
    ],
  },
  {
    table: "order_address",
    module: "order",
    kind: "addresses",
    rows: [
      partOf("id", "order", "shipping_address_id"),
      partOf("id", "order", "billing_address_id"),
      partOf("customer_id", "customer"),
      // A corrected address is a new row; only the order's history still knows the old one.
      partOf("id", "order_change_action", "details.old.id"),
      partOf("id", "order_change_action", "details.new.id"),
    ],
    used_by: [{ table: "order", columns: ["shipping_address_id", "billing_address_id"], owner: "customer_id" }],
    columns: { ...postalAddress, customer_id: customerReference },
    recipient: "first_name",
  },
  {
    table: "order_item",
    module: "order",
    kind: "order items",
    rows: ofOrder,
    columns: { metadata },
    technical: [
      "order_id", "item_id", "raw_quantity", "raw_fulfilled_quantity", "raw_shipped_quantity", "raw_return_requested_quantity",
      "raw_return_received_quantity", "raw_return_dismissed_quantity", "raw_written_off_quantity", "raw_delivered_quantity",
      "raw_unit_price", "raw_compare_at_unit_price",
    ],
  },
  {
    table: "order_line_item",
    module: "order",
    kind: "order items",
    rows: [partOf("id", "order_item", "item_id")],
    columns: { metadata },
    technical: [...LINE_ITEM_FACTS, "totals_id"],
  },
  {
    table: "order_line_item_tax_line",
    module: "order",
    kind: "order items",
    rows: [partOf("item_id", "order_line_item")],
    columns: { metadata, data: metadata },
    technical: ["description", "tax_rate_id", "code", "raw_rate", "provider_id", "item_id"],
  },
  {
    table: "order_shipping",
    module: "order",
    kind: "order shipping",
    rows: ofOrder,
    columns: {},
    technical: ["order_id", "shipping_method_id", "return_id", "claim_id", "exchange_id"],
  },
  {
    table: "order_shipping_method",
    module: "order",
    kind: "order shipping",
    rows: [linkedBy("id", "order_shipping", "shipping_method_id", "unclaimed")],
    columns: { data: metadata, metadata, description: metadata },
    technical: ["name", "raw_amount", "shipping_option_id"],
  },
  {
    table: "order_shipping_method_tax_line",
    module: "order",
    kind: "order shipping",
    rows: [partOf("shipping_method_id", "order_shipping_method")],
    columns: { metadata, data: metadata },
    technical: ["description", "tax_rate_id", "code", "raw_rate", "provider_id", "shipping_method_id"],
  },
  {
    table: "order_credit_line",
    module: "order",
    kind: "orders",
    rows: ofOrder,
    columns: { metadata },
    technical: ["order_id", "reference", "reference_id", "raw_amount"],
  },
  {
    table: "order_change",
    module: "order",
    kind: "order history",
    rows: ofOrder,
    columns: { description: freeText, internal_note: freeText, declined_reason: freeText, metadata },
    technical: [
      "order_id", "status", "created_by", "requested_by", "confirmed_by", "declined_by", "canceled_by", "change_type", "return_id",
      "claim_id", "exchange_id",
    ],
    others: ["created_by", "requested_by", "confirmed_by", "declined_by", "canceled_by"],
  },
  {
    table: "order_change_action",
    module: "order",
    kind: "order history",
    rows: [
      partOf("order_change_id", "order_change"),
      ...ofOrder,
      // The order went to another account; its history still names whom it came from.
      {
        column: "details.original_email",
        identifier: "email",
        owner: null,
        where: "t.order_change_id IN (SELECT c.id FROM order_change AS c WHERE c.change_type = 'transfer')",
      },
    ],
    columns: {
      details: { category: "free_text", anonymize: { strategy: "json_keep", keys: CHANGE_FACTS } },
      internal_note: freeText,
    },
    technical: [
      "order_id", "order_change_id", "reference", "reference_id", "action", "raw_amount", "return_id", "claim_id", "exchange_id",
    ],
  },
  {
    table: "return",
    module: "order",
    kind: "returns",
    rows: ofOrder,
    columns: { metadata },
    technical: ["order_id", "claim_id", "exchange_id", "raw_refund_amount", "location_id", "created_by"],
    others: ["created_by"],
  },
  {
    table: "return_item",
    module: "order",
    kind: "returns",
    rows: [partOf("return_id", "return")],
    columns: { note: freeText, metadata },
    technical: ["return_id", "reason_id", "item_id", "raw_quantity", "raw_received_quantity", "raw_damaged_quantity"],
  },
  {
    table: "order_claim",
    module: "order",
    kind: "claims",
    rows: ofOrder,
    columns: { metadata },
    technical: ["order_id", "return_id", "raw_refund_amount", "created_by"],
    others: ["created_by"],
  },
  {
    table: "order_claim_item",
    module: "order",
    kind: "claims",
    rows: [partOf("claim_id", "order_claim")],
    columns: { note: freeText, metadata },
    technical: ["claim_id", "item_id", "raw_quantity"],
  },
  {
    table: "order_claim_item_image",
    module: "order",
    kind: "claims",
    rows: [partOf("claim_item_id", "order_claim_item")],
    delete_row: ["anonymize", "delete"],
    columns: { url: { category: "free_text", anonymize: "redact" }, metadata },
    technical: ["claim_item_id"],
  },
  {
    table: "order_exchange",
    module: "order",
    kind: "exchanges",
    rows: ofOrder,
    columns: { metadata },
    technical: ["order_id", "return_id", "raw_difference_due", "created_by"],
    others: ["created_by"],
  },
  {
    table: "order_exchange_item",
    module: "order",
    kind: "exchanges",
    rows: [partOf("exchange_id", "order_exchange")],
    columns: { note: freeText, metadata },
    technical: ["exchange_id", "item_id", "raw_quantity"],
  },
  {
    table: "reservation_item",
    module: "inventory",
    kind: "order items",
    rows: [partOf("line_item_id", "order_line_item")],
    columns: { description: freeText, metadata },
    technical: ["line_item_id", "location_id", "external_id", "created_by", "inventory_item_id", "raw_quantity"],
    others: ["created_by"],
  },
  {
    // Written to staff, or to somebody who is no customer, about the subject or its order; the address it went to is not the subject's.
    table: "notification",
    name: "order_notification",
    module: "notification",
    kind: "communications",
    rows: ["customer", "order"].map((of) => ({ column: "resource_id", of, owner: "receiver_id", addressee: "to" })),
    columns: { data: metadata, provider_data: metadata, external_id: { category: "contact", anonymize: "null" } },
    technical: [
      "to", "from", "channel", "template", "trigger_type", "resource_id", "resource_type", "receiver_id", "original_notification_id",
      "idempotency_key", "provider_id", "status",
    ],
    others: ["to", "receiver_id", "data", "provider_data", "external_id"],
  },
]
