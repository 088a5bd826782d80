import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122090200 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "privacy_request" add column if not exists "hold_value" boolean not null default false;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "privacy_request" drop column if exists "hold_value";`);
  }

}
