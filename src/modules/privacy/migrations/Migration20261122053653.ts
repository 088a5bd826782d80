import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122053653 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "privacy_request" drop constraint if exists "privacy_request_reference_unique";`);
    this.addSql(`alter table if exists "privacy_profile_version" drop constraint if exists "privacy_profile_version_profile_id_version_unique";`);
    this.addSql(`alter table if exists "privacy_profile" drop constraint if exists "privacy_profile_name_unique";`);
    this.addSql(`alter table if exists "privacy_legal_hold" drop constraint if exists "privacy_legal_hold_customer_id_unique";`);
    this.addSql(`alter table if exists "privacy_ledger_entry" drop constraint if exists "privacy_ledger_entry_customer_id_unique";`);
    this.addSql(`alter table if exists "privacy_audit_entry" drop constraint if exists "privacy_audit_entry_position_unique";`);
    this.addSql(`create table if not exists "privacy_audit_entry" ("id" text not null, "action" text not null, "actor_id" text null, "actor_type" text not null, "request_id" text null, "subject_id" text null, "customer_id" text null, "details" jsonb null, "position" integer null, "previous_hash" text null, "hash" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_audit_entry_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_audit_entry_deleted_at" ON "privacy_audit_entry" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_privacy_audit_entry_position_unique" ON "privacy_audit_entry" ("position") WHERE position IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_audit_entry_created_at" ON "privacy_audit_entry" ("created_at") WHERE position IS NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_audit_entry_customer_id" ON "privacy_audit_entry" ("customer_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_audit_entry_request_id" ON "privacy_audit_entry" ("request_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "privacy_delivery" ("id" text not null, "request_id" text not null, "subject_id" text not null, "destination" text not null, "event" text not null, "payload" jsonb not null, "status" text check ("status" in ('pending', 'sent', 'failed')) not null default 'pending', "attempts" integer not null default 0, "next_attempt_at" timestamptz not null, "delivered_at" timestamptz null, "error" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_delivery_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_deleted_at" ON "privacy_delivery" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_next_attempt_at" ON "privacy_delivery" ("next_attempt_at") WHERE status = 'pending' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_subject_id" ON "privacy_delivery" ("subject_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "privacy_ledger_entry" ("id" text not null, "customer_id" text not null, "subject_id" text not null, "request_id" text not null, "method" text check ("method" in ('anonymize', 'delete')) not null, "identifier_hash" text not null, "identifier_redacted" text not null, "pseudonym" text not null, "erased_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_ledger_entry_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_ledger_entry_deleted_at" ON "privacy_ledger_entry" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_privacy_ledger_entry_customer_id_unique" ON "privacy_ledger_entry" ("customer_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_ledger_entry_identifier_hash" ON "privacy_ledger_entry" ("identifier_hash") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_ledger_entry_subject_id" ON "privacy_ledger_entry" ("subject_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "privacy_legal_hold" ("id" text not null, "customer_id" text not null, "reason" text not null, "placed_by" text null, "released_at" timestamptz null, "released_by" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_legal_hold_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_legal_hold_deleted_at" ON "privacy_legal_hold" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_privacy_legal_hold_customer_id_unique" ON "privacy_legal_hold" ("customer_id") WHERE released_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "privacy_profile" ("id" text not null, "name" text not null, "description" text null, "version" integer not null default 1, "overrides" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_profile_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_profile_deleted_at" ON "privacy_profile" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_privacy_profile_name_unique" ON "privacy_profile" ("name") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "privacy_profile_version" ("id" text not null, "profile_id" text not null, "version" integer not null, "overrides" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_profile_version_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_profile_version_deleted_at" ON "privacy_profile_version" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_privacy_profile_version_profile_id_version_unique" ON "privacy_profile_version" ("profile_id", "version") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "privacy_request" ("id" text not null, "reference" text not null, "type" text check ("type" in ('erasure', 'access')) not null, "method" text check ("method" in ('anonymize', 'delete')) null, "profile_id" text null, "profile_version" integer null, "format" text check ("format" in ('json', 'csv')) null, "status" text check ("status" in ('awaiting_approval', 'scheduled', 'pending', 'in_progress', 'stopped', 'complete', 'canceled', 'failed')) not null default 'pending', "origin" text not null, "requested_by" text null, "requested_by_type" text not null, "reason" text null, "overrides" text[] null, "due_at" timestamptz not null, "started_at" timestamptz null, "completed_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_request_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_request_deleted_at" ON "privacy_request" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_privacy_request_reference_unique" ON "privacy_request" ("reference") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_request_status" ON "privacy_request" ("status") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "privacy_subject" ("id" text not null, "request_id" text not null, "customer_id" text null, "identifier_type" text not null, "identifier" text null, "identifier_hash" text not null, "identifier_redacted" text not null, "pseudonym" text not null, "status" text check ("status" in ('pending', 'complete', 'held', 'failed', 'not_found', 'canceled')) not null default 'pending', "holds" jsonb null, "footprint" jsonb null, "value" jsonb null, "error" text null, "processed_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_subject_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_subject_deleted_at" ON "privacy_subject" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_subject_request_id_status" ON "privacy_subject" ("request_id", "status") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_subject_customer_id_status" ON "privacy_subject" ("customer_id", "status") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_subject_identifier_hash" ON "privacy_subject" ("identifier_hash") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "privacy_audit_entry" cascade;`);

    this.addSql(`drop table if exists "privacy_delivery" cascade;`);

    this.addSql(`drop table if exists "privacy_ledger_entry" cascade;`);

    this.addSql(`drop table if exists "privacy_legal_hold" cascade;`);

    this.addSql(`drop table if exists "privacy_profile" cascade;`);

    this.addSql(`drop table if exists "privacy_profile_version" cascade;`);

    this.addSql(`drop table if exists "privacy_request" cascade;`);

    this.addSql(`drop table if exists "privacy_subject" cascade;`);
  }

}
