import type { TableDeclaration } from "../definition"
import { freeText, metadata } from "./common"

/**
 * What a later refund needs to find the payment at the gateway, and the card brand for reporting. Everything else a provider put
 * there (payer, receipt address, card number, expiry) goes. Only plain values survive under these keys.
 */
const GATEWAY_REFERENCES = [
  "id", "object", "amount", "amount_captured", "amount_received", "amount_refunded", "currency", "status", "captured", "capture_method",
  "payment_intent", "payment_intent_id", "charge", "charge_id", "latest_charge", "payment_id", "order_id", "capture_id",
  "authorization_id", "transaction_id", "reference", "psp_reference", "pspReference", "merchantReference", "livemode", "created",
  "card.brand", "payment_method_details.type", "payment_method_details.card.brand",
]

const gatewayData = { category: "financial" as const, anonymize: { strategy: "json_keep", keys: GATEWAY_REFERENCES } }

const ofCollection = [{ column: "payment_collection_id", of: "payment_collection" }]

export const paymentTables: TableDeclaration[] = [
  {
    table: "order_payment_collection",
    module: "payment",
    kind: "payments",
    rows: [{ column: "order_id", of: "order" }],
    columns: {},
    technical: ["order_id", "payment_collection_id"],
  },
  {
    table: "payment_collection",
    module: "payment",
    kind: "payments",
    rows: [
      { column: "id", of: "order_payment_collection", parent_column: "payment_collection_id" },
      { column: "id", of: "cart_payment_collection", parent_column: "payment_collection_id" },
    ],
    columns: { metadata },
    technical: [
      "currency_code", "raw_amount", "raw_authorized_amount", "raw_captured_amount", "raw_refunded_amount", "status",
    ],
  },
  {
    table: "payment_session",
    module: "payment",
    kind: "payments",
    rows: ofCollection,
    columns: { data: gatewayData, context: { category: "financial", anonymize: "json_scrub" }, metadata },
    technical: ["currency_code", "raw_amount", "provider_id", "status", "payment_collection_id"],
  },
  {
    table: "payment",
    module: "payment",
    kind: "payments",
    rows: ofCollection,
    columns: { data: gatewayData, metadata },
    technical: ["currency_code", "raw_amount", "provider_id", "payment_collection_id", "payment_session_id"],
  },
  {
    table: "capture",
    module: "payment",
    kind: "payments",
    rows: [{ column: "payment_id", of: "payment" }],
    columns: { metadata },
    technical: ["payment_id", "raw_amount", "created_by"],
    others: ["created_by"],
  },
  {
    table: "refund",
    module: "payment",
    kind: "payments",
    rows: [{ column: "payment_id", of: "payment" }],
    columns: { note: freeText, metadata },
    technical: ["payment_id", "raw_amount", "created_by", "refund_reason_id"],
    others: ["created_by"],
  },
]
