import { Migration } from "@medusajs/framework/mikro-orm/migrations"
import { CREATE_EMAIL_FORM, EMAIL_FORM } from "../database/email-form/normalize-email-sql"

/** The comparison form of e-mail addresses that depends on no locale. */
export class Migration20261125180000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(CREATE_EMAIL_FORM)
  }

  /** Indexes on the form go with it; the plugin offers them again. */
  override async down(): Promise<void> {
    this.addSql(`DROP FUNCTION IF EXISTS ${EMAIL_FORM}(text) CASCADE`)
  }
}
