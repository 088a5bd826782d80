import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261125150000 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "privacy_ledger_entry" add column if not exists "identifier_hashes" text[] not null default '{}';`);
    this.addSql(`update "privacy_ledger_entry" set "identifier_hashes" = array["identifier_hash"] where "identifier_hashes" = '{}';`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_ledger_entry_identifier_hashes" ON "privacy_ledger_entry" USING GIN ("identifier_hashes") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_legal_hold_customer_id" ON "privacy_legal_hold" ("customer_id") WHERE deleted_at IS NULL;`);
    // What earlier versions left in plain of customers who were erased, and of requests nobody can take up again.
    this.addSql(`update "privacy_subject" as s set "identifier" = null, "status" = case when s."status" in ('held', 'failed') then 'canceled' else s."status" end from "privacy_ledger_entry" as l where l."customer_id" = s."customer_id" and l."deleted_at" is null and (s."identifier" is not null or s."status" in ('held', 'failed'));`);
    this.addSql(`update "privacy_subject" as s set "identifier" = null from "privacy_request" as r where r."id" = s."request_id" and r."status" = 'canceled' and s."identifier" is not null;`);
    this.addSql(`update "privacy_legal_hold" as h set "reason" = '[erased]' from "privacy_ledger_entry" as l where l."customer_id" = h."customer_id" and l."deleted_at" is null and h."released_at" is not null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_privacy_legal_hold_customer_id";`);
    this.addSql(`drop index if exists "IDX_privacy_ledger_entry_identifier_hashes";`);
    this.addSql(`alter table if exists "privacy_ledger_entry" drop column if exists "identifier_hashes";`);
  }

}
