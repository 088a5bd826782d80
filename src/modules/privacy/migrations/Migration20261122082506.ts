import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122082506 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "privacy_delivery_attempt" ("id" text not null, "delivery_id" text not null, "outcome" text check ("outcome" in ('ok', 'error')) not null, "status_code" integer null, "duration_ms" integer not null, "error" text null, "response" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_delivery_attempt_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_attempt_deleted_at" ON "privacy_delivery_attempt" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_attempt_delivery_id_created_at" ON "privacy_delivery_attempt" ("delivery_id", "created_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "privacy_webhook" ("id" text not null, "url" text not null, "description" text null, "event_types" text[] not null, "secret" text not null, "previous_secret" text null, "previous_secret_until" timestamptz null, "enabled" boolean not null default true, "disabled_reason" text check ("disabled_reason" in ('officer', 'gone', 'failing')) null, "failing_since" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_webhook_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_webhook_deleted_at" ON "privacy_webhook" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "privacy_delivery" drop constraint if exists "privacy_delivery_status_check";`);

    this.addSql(`drop index if exists "IDX_privacy_delivery_next_attempt_at";`);

    this.addSql(`alter table if exists "privacy_delivery" add column if not exists "lane" text null, add column if not exists "webhook_id" text null, add column if not exists "identifiers" text null, add column if not exists "lease" text null, add column if not exists "progress" jsonb null, add column if not exists "result" jsonb null, add column if not exists "acknowledged_at" timestamptz null, add column if not exists "deadline_at" timestamptz null, add column if not exists "overdue_notified_at" timestamptz null;`);
    this.addSql(`alter table if exists "privacy_delivery" alter column "next_attempt_at" type timestamptz using ("next_attempt_at"::timestamptz);`);
    this.addSql(`alter table if exists "privacy_delivery" alter column "next_attempt_at" drop not null;`);
    this.addSql(`alter table if exists "privacy_delivery" add constraint "privacy_delivery_status_check" check("status" in ('pending', 'sent', 'acknowledged', 'failed', 'abandoned'));`);
    // What was queued before keeps its place; what has ended is not looked at any more.
    this.addSql(`update "privacy_delivery" set "lane" = "destination" where "lane" is null;`);
    this.addSql(`alter table if exists "privacy_delivery" alter column "lane" set not null;`);
    this.addSql(`update "privacy_delivery" set "next_attempt_at" = null where "status" <> 'pending';`);
    // The database itself keeps what ended free of identifiers.
    this.addSql(`alter table if exists "privacy_delivery" drop constraint if exists "privacy_delivery_identifiers_until_ended";`);
    this.addSql(`alter table if exists "privacy_delivery" add constraint "privacy_delivery_identifiers_until_ended" check (identifiers is null or status in ('pending', 'sent', 'failed'));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_lane_next" ON "privacy_delivery" ("lane", "next_attempt_at") WHERE next_attempt_at IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_deadline" ON "privacy_delivery" ("deadline_at") WHERE deadline_at IS NOT NULL AND status IN ('pending', 'sent', 'failed') AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_lane_delivered" ON "privacy_delivery" ("lane", "delivered_at") WHERE deadline_at IS NOT NULL AND delivered_at IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_request_id" ON "privacy_delivery" ("request_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_webhook_id" ON "privacy_delivery" ("webhook_id") WHERE webhook_id IS NOT NULL AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "privacy_delivery_attempt" cascade;`);

    this.addSql(`drop table if exists "privacy_webhook" cascade;`);

    this.addSql(`alter table if exists "privacy_delivery" drop constraint if exists "privacy_delivery_identifiers_until_ended";`);
    this.addSql(`update "privacy_delivery" set "next_attempt_at" = coalesce("next_attempt_at", now()), "status" = case "status" when 'acknowledged' then 'sent' when 'abandoned' then 'failed' else "status" end;`);
    this.addSql(`alter table if exists "privacy_delivery" drop constraint if exists "privacy_delivery_status_check";`);

    this.addSql(`drop index if exists "IDX_privacy_delivery_lane_next";`);
    this.addSql(`drop index if exists "IDX_privacy_delivery_deadline";`);
    this.addSql(`drop index if exists "IDX_privacy_delivery_lane_delivered";`);
    this.addSql(`drop index if exists "IDX_privacy_delivery_request_id";`);
    this.addSql(`drop index if exists "IDX_privacy_delivery_webhook_id";`);
    this.addSql(`alter table if exists "privacy_delivery" drop column if exists "lane", drop column if exists "webhook_id", drop column if exists "identifiers", drop column if exists "lease", drop column if exists "progress", drop column if exists "result", drop column if exists "acknowledged_at", drop column if exists "deadline_at", drop column if exists "overdue_notified_at";`);

    this.addSql(`alter table if exists "privacy_delivery" alter column "next_attempt_at" type timestamptz using ("next_attempt_at"::timestamptz);`);
    this.addSql(`alter table if exists "privacy_delivery" alter column "next_attempt_at" set not null;`);
    this.addSql(`alter table if exists "privacy_delivery" add constraint "privacy_delivery_status_check" check("status" in ('pending', 'sent', 'failed'));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_next_attempt_at" ON "privacy_delivery" ("next_attempt_at") WHERE status = 'pending' AND deleted_at IS NULL;`);
  }

}
