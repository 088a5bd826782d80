import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122082811 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "privacy_file" ("id" text not null, "request_id" text not null, "part" integer not null, "name" text not null, "format" text check ("format" in ('json', 'csv')) not null, "status" text check ("status" in ('writing', 'ready', 'expired', 'destroyed', 'abandoned')) not null default 'writing', "storage_key" text null, "wrapped_key" text null, "size" numeric null, "subjects" integer not null default 0, "sealed_at" timestamptz null, "expires_at" timestamptz null, "destroyed_at" timestamptz null, "destroyed_reason" text check ("destroyed_reason" in ('expired', 'erased_subject')) null, "removed_at" timestamptz null, "raw_size" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_file_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_file_deleted_at" ON "privacy_file" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_file_request_id" ON "privacy_file" ("request_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_file_expires_at" ON "privacy_file" ("expires_at") WHERE status = 'ready' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_file_status" ON "privacy_file" ("status") WHERE removed_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "privacy_file_customer" ("id" text not null, "file_id" text not null, "customer_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_file_customer_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_file_customer_deleted_at" ON "privacy_file_customer" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_file_customer_customer_id" ON "privacy_file_customer" ("customer_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_file_customer_file_id" ON "privacy_file_customer" ("file_id") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "privacy_request" add column if not exists "language" text null, add column if not exists "error" text null;`);

    this.addSql(`alter table if exists "privacy_subject" add column if not exists "file_id" text null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_subject_file_id" ON "privacy_subject" ("file_id") WHERE file_id IS NOT NULL AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "privacy_file" cascade;`);

    this.addSql(`drop table if exists "privacy_file_customer" cascade;`);

    this.addSql(`alter table if exists "privacy_request" drop column if exists "language", drop column if exists "error";`);

    this.addSql(`drop index if exists "IDX_privacy_subject_file_id";`);
    this.addSql(`alter table if exists "privacy_subject" drop column if exists "file_id";`);
  }

}
