import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261125151000 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "privacy_subject" add column if not exists "identity_hash" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "privacy_subject" drop column if exists "identity_hash";`);
  }

}
