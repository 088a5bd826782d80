import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Columns of an audit entry that stand for what happened: written once. */
const CONTENT = [
  "id", "action", "actor_id", "actor_type", "request_id", "subject_id", "customer_id", "details", "created_at", "updated_at", "deleted_at",
]

const same = CONTENT.map((column) => `NEW.${column} IS NOT DISTINCT FROM OLD.${column}`).join(" AND ")

/** What the database itself guarantees: an append-only audit, and no plain identifier on a processed subject. */
export class Migration20261122060000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      CREATE OR REPLACE FUNCTION privacy_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- The one change there is: an entry gets its place in the hash chain, once.
        IF TG_OP = 'UPDATE' AND OLD.hash IS NULL AND NEW.hash IS NOT NULL AND NEW.position IS NOT NULL AND ${same} THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'privacy_audit_entry is append-only: % refused', TG_OP;
      END $$;`)
    this.addSql(`DROP TRIGGER IF EXISTS privacy_audit_no_change ON privacy_audit_entry;`)
    this.addSql(`CREATE TRIGGER privacy_audit_no_change BEFORE UPDATE OR DELETE ON privacy_audit_entry
      FOR EACH ROW EXECUTE FUNCTION privacy_audit_append_only();`)
    this.addSql(`DROP TRIGGER IF EXISTS privacy_audit_no_truncate ON privacy_audit_entry;`)
    this.addSql(`CREATE TRIGGER privacy_audit_no_truncate BEFORE TRUNCATE ON privacy_audit_entry
      FOR EACH STATEMENT EXECUTE FUNCTION privacy_audit_append_only();`)
    this.addSql(`ALTER TABLE privacy_subject DROP CONSTRAINT IF EXISTS privacy_subject_identifier_until_processed;`)
    this.addSql(`ALTER TABLE privacy_subject ADD CONSTRAINT privacy_subject_identifier_until_processed
      CHECK (identifier IS NULL OR status IN ('pending', 'held', 'failed'));`)
  }

  override async down(): Promise<void> {
    this.addSql(`ALTER TABLE IF EXISTS privacy_subject DROP CONSTRAINT IF EXISTS privacy_subject_identifier_until_processed;`)
    this.addSql(`DROP TRIGGER IF EXISTS privacy_audit_no_truncate ON privacy_audit_entry;`)
    this.addSql(`DROP TRIGGER IF EXISTS privacy_audit_no_change ON privacy_audit_entry;`)
    this.addSql(`DROP FUNCTION IF EXISTS privacy_audit_append_only();`)
  }
}
