import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** The lists of deliveries are paged by key: each index that narrows them is in the list's order. */
export class Migration20261125170000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_request_id_id" ON "privacy_delivery" ("request_id", "id") WHERE deleted_at IS NULL;`)
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_webhook_id_id" ON "privacy_delivery" ("webhook_id", "id") WHERE webhook_id IS NOT NULL AND deleted_at IS NULL;`
    )
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_destination_id" ON "privacy_delivery" ("destination", "id") WHERE deleted_at IS NULL;`)
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_status_id" ON "privacy_delivery" ("status", "id") WHERE status <> 'sent' AND deleted_at IS NULL;`
    )
    this.addSql(`drop index if exists "IDX_privacy_delivery_request_id";`)
    this.addSql(`drop index if exists "IDX_privacy_delivery_webhook_id";`)
  }

  override async down(): Promise<void> {
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_request_id" ON "privacy_delivery" ("request_id") WHERE deleted_at IS NULL;`)
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_privacy_delivery_webhook_id" ON "privacy_delivery" ("webhook_id") WHERE webhook_id IS NOT NULL AND deleted_at IS NULL;`
    )
    this.addSql(`drop index if exists "IDX_privacy_delivery_request_id_id";`)
    this.addSql(`drop index if exists "IDX_privacy_delivery_webhook_id_id";`)
    this.addSql(`drop index if exists "IDX_privacy_delivery_destination_id";`)
    this.addSql(`drop index if exists "IDX_privacy_delivery_status_id";`)
  }
}
