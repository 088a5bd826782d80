import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261125130000 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "privacy_officer" ("id" text not null, "address" text not null, "user_id" text null, "unresolved" text null, "bound_at" timestamptz null, "bound_by" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_officer_pkey" primary key ("id"));`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_privacy_officer_address_unique" ON "privacy_officer" ("address") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_officer_user_id" ON "privacy_officer" ("user_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_officer_deleted_at" ON "privacy_officer" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`create table if not exists "privacy_refusal" ("id" text not null, "actor_id" text null, "actor_type" text not null, "permission" text not null, "method" text not null, "told_at" timestamptz not null, "untold" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_refusal_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_refusal_deleted_at" ON "privacy_refusal" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`create table if not exists "privacy_key_check" ("id" text not null, "value" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_key_check_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_key_check_deleted_at" ON "privacy_key_check" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`alter table if exists "privacy_request" add column if not exists "requester_user_id" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "privacy_officer" cascade;`);
    this.addSql(`drop table if exists "privacy_refusal" cascade;`);
    this.addSql(`drop table if exists "privacy_key_check" cascade;`);
    this.addSql(`alter table if exists "privacy_request" drop column if exists "requester_user_id";`);
  }

}
