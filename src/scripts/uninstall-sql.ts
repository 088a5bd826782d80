import fs from "node:fs"
import path from "node:path"
import { DROP_JOB_SCHEMA } from "../modules/privacy/jobs/job-schema"
import * as models from "../modules/privacy/models"

const MIGRATIONS = path.join(__dirname, "../modules/privacy/migrations")

/**
 * The statements that drop everything the plugin made in a database. They name each thing: a store may have tables of its own whose
 * names begin alike. The columns it masked in Medusa's tables stay masked.
 */
export function uninstallSql(): string {
  const tables = Object.values(models).map((model) => `"${model.parse().tableName}"`)
  const migrations = fs
    .readdirSync(MIGRATIONS)
    .filter((file) => /^Migration\d+\.[jt]s$/.test(file))
    .map((file) => `'${path.parse(file).name}'`)
  return `BEGIN;

-- Indexes that officers created on Medusa's tables under Settings → Privacy.
DO $$
DECLARE built text;
BEGIN
  IF to_regclass('privacy_index_build') IS NOT NULL THEN
    FOR built IN SELECT name FROM privacy_index_build LOOP
      EXECUTE format('DROP INDEX IF EXISTS %I', built);
    END LOOP;
  END IF;
END $$;

DROP TABLE IF EXISTS
  ${tables.join(",\n  ")}
  CASCADE;

DROP FUNCTION IF EXISTS privacy_audit_append_only();

-- The queue.
${DROP_JOB_SCHEMA}

-- Without these notes a later installation makes its tables anew.
DELETE FROM mikro_orm_migrations
WHERE name IN (
  ${migrations.join(",\n  ")}
);

DO $$
BEGIN
  IF to_regclass('script_migrations') IS NOT NULL THEN
    DELETE FROM script_migrations WHERE script_name = 'create-privacy-job-queue.js';
  END IF;
END $$;

COMMIT;
`
}

if (require.main === module) {
  process.stdout.write(uninstallSql())
}
