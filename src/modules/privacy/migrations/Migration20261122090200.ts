import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122090200 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "privacy_request" add column if not exists "hold_value" boolean not null default false;`);
    this.addSql(`alter table if exists "privacy_ledger_entry" add column if not exists "swept_at" timestamptz null, add column if not exists "next_sweep_at" timestamptz null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_ledger_entry_next_sweep_at" ON "privacy_ledger_entry" ("next_sweep_at") WHERE next_sweep_at IS NOT NULL AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "privacy_request" drop column if exists "hold_value";`);
    this.addSql(`drop index if exists "IDX_privacy_ledger_entry_next_sweep_at";`);
    this.addSql(`alter table if exists "privacy_ledger_entry" drop column if exists "swept_at", drop column if exists "next_sweep_at";`);
  }

}
