import { normalizedEmail } from "../../database/email-form/normalize-email-sql"
import type { MedusaTable } from "../definition"
import { customerReference, freeText, linkedBy, metadata, partOf, postalAddress } from "./common"

/** Sent about the subject, and neither to the shop's own people nor to another customer. */
const NOT_TO_STAFF = `t.channel <> 'feed' AND NOT EXISTS (SELECT 1 FROM "user" AS staff WHERE ${normalizedEmail("staff.email")} = ${normalizedEmail('t."to"')})`

export const customerTables: MedusaTable[] = [
  {
    table: "customer",
    module: "customer",
    kind: "customers",
    rows: [
      { column: "id", identifier: "customer_id" },
      // Guests, and accounts the shop "deleted", under the same address are the same person; another live account is not touched.
      { column: "email", identifier: "email", owner: null, where: "(NOT t.has_account OR t.deleted_at IS NOT NULL)" },
    ],
    delete_row: ["delete"],
    columns: {
      email: { category: "contact", anonymize: "pseudonym" },
      first_name: { category: "identity", anonymize: "redact" },
      last_name: { category: "identity", anonymize: "redact" },
      company_name: { category: "identity", anonymize: "null" },
      phone: { category: "contact", anonymize: "null" },
      // Nobody can log in any more; store credit cannot be handed to a record without an account either.
      has_account: { category: "technical", anonymize: { strategy: "redact", value: false } },
      metadata,
    },
    technical: ["created_by"],
    others: ["created_by"],
  },
  {
    table: "customer_address",
    module: "customer",
    kind: "addresses",
    rows: [partOf("customer_id", "customer")],
    delete_row: ["delete"],
    columns: { ...postalAddress, address_name: freeText },
    technical: ["customer_id"],
    recipient: "first_name",
  },
  {
    table: "customer_group_customer",
    module: "customer",
    kind: "groups",
    rows: [partOf("customer_id", "customer")],
    delete_row: ["delete"],
    columns: { metadata },
    technical: ["customer_id", "customer_group_id", "created_by"],
    others: ["created_by"],
  },
  {
    table: "customer_account_holder",
    module: "payment",
    kind: "payment accounts",
    rows: [partOf("customer_id", "customer")],
    delete_row: ["delete"],
    columns: {},
    technical: ["customer_id", "account_holder_id"],
  },
  {
    table: "account_holder",
    module: "payment",
    kind: "payment accounts",
    rows: [linkedBy("id", "customer_account_holder", "account_holder_id", "unclaimed")],
    used_by: [{ table: "customer_account_holder", columns: ["account_holder_id"], owner: "customer_id" }],
    delete_row: ["delete"],
    columns: {
      external_id: { category: "financial", anonymize: { strategy: "pseudonym", form: "row" } },
      email: { category: "contact", anonymize: "pseudonym" },
      data: metadata,
      metadata,
    },
    technical: ["provider_id"],
  },
  {
    table: "notification",
    module: "notification",
    kind: "communications",
    rows: [
      { column: "to", identifier: "email", owner: "receiver_id" },
      partOf("receiver_id", "customer"),
      // To an earlier address, a telephone, somebody who was to get a present.
      ...["customer", "order"].map((of) => ({ column: "resource_id", of, where: NOT_TO_STAFF, owner: "receiver_id", addressee: "to" })),
    ],
    delete_row: ["delete"],
    columns: {
      to: { category: "contact", anonymize: "pseudonym" },
      data: metadata,
      provider_data: metadata,
      external_id: { category: "contact", anonymize: "null" },
      receiver_id: customerReference,
    },
    technical: [
      "from", "channel", "template", "trigger_type", "resource_id", "resource_type", "original_notification_id", "idempotency_key",
      "provider_id", "status",
    ],
  },
]
