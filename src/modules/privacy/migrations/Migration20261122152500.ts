import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122152500 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "privacy_pace" ("id" text not null, "at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "privacy_pace_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_pace_deleted_at" ON "privacy_pace" ("deleted_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "privacy_pace" cascade;`);
  }

}
