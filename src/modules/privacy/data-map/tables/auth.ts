import type { MedusaTable } from "../definition"
import { metadata, partOf } from "./common"

/** True when somebody else than a customer (an admin, a vendor) logs in with this identity too. */
const OTHER_ACTORS = `EXISTS (
  SELECT 1 FROM jsonb_each_text(coalesce(t.app_metadata, '{}')) AS actor (type, id)
  WHERE actor.type <> 'customer_id' AND actor.type LIKE '%\\_id' AND actor.id IS NOT NULL
)`

const goes = (table: string, columns: MedusaTable["columns"], technical: string[]): MedusaTable => ({
  table,
  module: "auth",
  kind: "logins",
  rows: [partOf("auth_identity_id", "auth_identity")],
  delete_row: ["anonymize", "delete"],
  columns,
  technical,
  // The address somebody logs in with is no secret.
  disclose: columns.entity_id ? ["entity_id"] : [],
})

export const authTables: MedusaTable[] = [
  {
    table: "auth_identity",
    module: "auth",
    kind: "logins",
    rows: [{ ...partOf("app_metadata.customer_id", "customer"), where: `NOT ${OTHER_ACTORS}` }],
    delete_row: ["anonymize", "delete"],
    columns: { app_metadata: { category: "credential", anonymize: "json_scrub" } },
    disclose: ["app_metadata"],
  },
  {
    // Shared with an admin or another actor, whose login must go on working: only the customer's side is cut.
    table: "auth_identity",
    name: "shared_auth_identity",
    module: "auth",
    kind: "logins",
    rows: [{ ...partOf("app_metadata.customer_id", "customer"), where: OTHER_ACTORS }],
    columns: { app_metadata: { category: "credential", anonymize: { strategy: "json_scrub", keys: ["customer_id"] } } },
    disclose: ["app_metadata"],
    others: ["app_metadata"],
  },
  {
    // Somebody who began to register and never became a customer.
    table: "provider_identity",
    name: "unfinished_provider_identity",
    module: "auth",
    kind: "logins",
    rows: [
      {
        column: "entity_id",
        identifier: "email",
        owner: null,
        where: `EXISTS (SELECT 1 FROM auth_identity AS a WHERE a.id = t.auth_identity_id AND NOT EXISTS (
          SELECT 1 FROM jsonb_each_text(coalesce(a.app_metadata, '{}')) AS actor (type, id)
          WHERE actor.type LIKE '%\\_id' AND actor.id IS NOT NULL
        ))`,
      },
    ],
    delete_row: ["anonymize", "delete"],
    columns: {
      entity_id: { category: "credential", anonymize: { strategy: "pseudonym", form: "row" } },
      user_metadata: metadata,
      provider_metadata: { category: "credential", anonymize: "json_scrub" },
    },
    technical: ["provider", "auth_identity_id"],
    disclose: ["entity_id"],
  },
  {
    table: "auth_identity",
    name: "unfinished_auth_identity",
    module: "auth",
    kind: "logins",
    rows: [partOf("id", "unfinished_provider_identity", "auth_identity_id")],
    delete_row: ["anonymize", "delete"],
    columns: { app_metadata: { category: "credential", anonymize: "json_scrub" } },
    disclose: ["app_metadata"],
  },
  goes(
    "provider_identity",
    {
      entity_id: { category: "credential", anonymize: { strategy: "pseudonym", form: "row" } },
      user_metadata: metadata,
      provider_metadata: { category: "credential", anonymize: "json_scrub" },
    },
    ["provider", "auth_identity_id"]
  ),
  goes(
    "auth_mfa_factor",
    { provider_metadata: { category: "credential", anonymize: "json_scrub" }, metadata },
    ["auth_identity_id", "provider", "status"]
  ),
  goes("auth_mfa_recovery_code", { code_hash: { category: "credential", anonymize: "redact" } }, ["auth_identity_id"]),
  goes(
    "auth_password_reset_token",
    {
      entity_id: { category: "credential", anonymize: "redact" },
      token_hash: { category: "credential", anonymize: "redact" },
    },
    ["auth_identity_id", "provider_identity_id"]
  ),
  goes(
    "auth_verification",
    {
      entity_id: { category: "credential", anonymize: { strategy: "pseudonym", form: "row" } },
      provider_metadata: { category: "credential", anonymize: "json_scrub" },
      metadata,
    },
    ["auth_identity_id", "entity_type", "code_provider"]
  ),
]
