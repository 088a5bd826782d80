import type { TableDeclaration } from "../definition"
import { customerReference, freeText, metadata, postalAddress } from "./common"

/** Sent about the subject, and neither to the shop's own people nor to another customer. */
const NOT_TO_STAFF = `t.channel <> 'feed' AND NOT EXISTS (SELECT 1 FROM "user" AS staff WHERE lower(staff.email) = lower(t."to"))`

export const customerTables: TableDeclaration[] = [
  {
    table: "customer",
    module: "customer",
    kind: "customers",
    rows: [
      { column: "id", identifier: "customer_id" },
      // Guests, and accounts the shop "deleted", under the same address are the same person; another live account is not touched.
      { column: "email", identifier: "email", where: "(NOT t.has_account OR t.deleted_at IS NOT NULL)" },
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
    rows: [{ column: "customer_id", of: "customer" }],
    delete_row: ["delete"],
    columns: { ...postalAddress, address_name: freeText },
    technical: ["customer_id"],
    recipient: "first_name",
  },
  {
    table: "customer_group_customer",
    module: "customer",
    kind: "groups",
    rows: [{ column: "customer_id", of: "customer" }],
    delete_row: ["delete"],
    columns: { metadata },
    technical: ["customer_id", "customer_group_id", "created_by"],
    others: ["created_by"],
  },
  {
    table: "customer_account_holder",
    module: "payment",
    kind: "payment accounts",
    rows: [{ column: "customer_id", of: "customer" }],
    delete_row: ["delete"],
    columns: {},
    technical: ["customer_id", "account_holder_id"],
  },
  {
    table: "account_holder",
    module: "payment",
    kind: "payment accounts",
    rows: [{ column: "id", of: "customer_account_holder", parent_column: "account_holder_id" }],
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
      { column: "receiver_id", of: "customer" },
      // To an earlier address, a telephone, somebody who was to get a present.
      { column: "resource_id", of: "customer", where: NOT_TO_STAFF, owner: "receiver_id" },
      { column: "resource_id", of: "order", where: NOT_TO_STAFF, owner: "receiver_id" },
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
