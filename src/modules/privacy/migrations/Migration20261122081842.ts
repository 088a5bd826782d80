import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122081842 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "privacy_index_build" drop constraint if exists "privacy_index_build_name_unique";`);
    this.addSql(`create table if not exists "privacy_index_build" ("id" text not null, "name" text not null, "table_name" text not null, "statement" text not null, "status" text check ("status" in ('building', 'ready', 'failed')) not null default 'building', "attempts" integer not null default 0, "error" text null, "requested_by" text null, "finished_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_index_build_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_index_build_deleted_at" ON "privacy_index_build" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_privacy_index_build_name_unique" ON "privacy_index_build" ("name") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "privacy_request" add column if not exists "due_reminded_at" timestamptz null, add column if not exists "extended_at" timestamptz null, add column if not exists "extension_reason" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "privacy_index_build" cascade;`);

    this.addSql(`alter table if exists "privacy_request" drop column if exists "due_reminded_at", drop column if exists "extended_at", drop column if exists "extension_reason";`);
  }

}
