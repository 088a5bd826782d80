import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122063432 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "privacy_plan" drop constraint if exists "privacy_plan_hash_unique";`);
    this.addSql(`create table if not exists "privacy_plan" ("id" text not null, "hash" text not null, "customer_ids" text[] not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_plan_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_plan_deleted_at" ON "privacy_plan" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_privacy_plan_hash_unique" ON "privacy_plan" ("hash") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "privacy_request" add column if not exists "scheduled_for" timestamptz null, add column if not exists "approved_by" text null, add column if not exists "approved_at" timestamptz null, add column if not exists "plan_hash" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "privacy_plan" cascade;`);

    this.addSql(`alter table if exists "privacy_request" drop column if exists "scheduled_for", drop column if exists "approved_by", drop column if exists "approved_at", drop column if exists "plan_hash";`);
  }

}
