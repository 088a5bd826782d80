import type { MedusaTable } from "../definition"
import { freeText, linkedBy, metadata, partOf, payer } from "./common"

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

const ofCollection = [partOf("payment_collection_id", "payment_collection")]

/** A payment is the payer's, also where the order went to another account since. */
const paying = payer(
  "cart_payment_collection AS used JOIN cart AS paid ON paid.id = used.cart_id WHERE used.payment_collection_id = t.id",
  ["cart_payment_collection"]
)

export const paymentTables: MedusaTable[] = [
  {
    table: "order_payment_collection",
    module: "payment",
    kind: "payments",
    rows: [partOf("order_id", "order")],
    columns: {},
    technical: ["order_id", "payment_collection_id"],
  },
  {
    table: "payment_collection",
    module: "payment",
    kind: "payments",
    rows: [
      { ...linkedBy("id", "order_payment_collection", "payment_collection_id", "unclaimed"), owner: paying },
      linkedBy("id", "cart_payment_collection", "payment_collection_id", "unclaimed"),
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
    rows: [partOf("payment_id", "payment")],
    columns: { metadata },
    technical: ["payment_id", "raw_amount", "created_by"],
    others: ["created_by"],
  },
  {
    table: "refund",
    module: "payment",
    kind: "payments",
    rows: [partOf("payment_id", "payment")],
    columns: { note: freeText, metadata },
    technical: ["payment_id", "raw_amount", "created_by", "refund_reason_id"],
    others: ["created_by"],
  },
]
