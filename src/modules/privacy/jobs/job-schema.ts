import { createHash } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { MedusaError } from "@medusajs/framework/utils"
import PgBoss from "pg-boss"
import { inTransaction, runAlone, type Session } from "../database/session"

/** The queue's schema beside Medusa's usual one, and the beginning of its name beside any other. */
const JOB_SCHEMA = "privacy_jobs"

/** The longest name of a schema that the queue takes. */
const LONGEST_NAME = 50

/** What of Medusa's schema is kept of a name that has to be shortened or respelled. */
const KEPT = 24

/**
 * The queue's own schema, apart from Medusa's. Two shops in two schemas of one database have two queues: neither takes the other's jobs, and
 * neither needs rights to the other's tables.
 */
export function jobSchemaOf(medusaSchema: string): string {
  if (medusaSchema === "public") {
    return JOB_SCHEMA
  }
  const name = `${JOB_SCHEMA}_${medusaSchema}`
  if (/^[a-z0-9_]+$/.test(name) && name.length <= LONGEST_NAME) {
    return name
  }
  // The queue does not quote its names: what is not plain is respelled, and a hash keeps "Shop" and "shop" apart.
  const plain = medusaSchema.toLowerCase().replace(/[^a-z0-9_]/g, "_").slice(0, KEPT)
  return `${JOB_SCHEMA}_${plain}_${createHash("sha256").update(medusaSchema).digest("hex").slice(0, 8)}`
}

/** SQL: drops the queue that belongs to the current schema. It finds the name as `jobSchemaOf` does. */
export const DROP_JOB_SCHEMA = `DO $$
DECLARE
  medusa text := current_schema();
  jobs text := '${JOB_SCHEMA}_' || medusa;
BEGIN
  IF medusa = 'public' THEN
    jobs := '${JOB_SCHEMA}';
  ELSIF jobs !~ '^[a-z0-9_]+$' OR length(jobs) > ${LONGEST_NAME} THEN
    jobs := '${JOB_SCHEMA}_' || left(regexp_replace(lower(medusa), '[^a-z0-9_]', '_', 'g'), ${KEPT}) || '_' ||
      left(encode(sha256(convert_to(medusa, 'UTF8')), 'hex'), 8);
  END IF;
  EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', jobs);
END $$;`

interface Rights {
  schema: string
  role: string
  database: string
  may_create: boolean
  present: boolean
  may_use: boolean
  may_fill: boolean
  /** The queue's tables are there. */
  installed: boolean
  may_work: boolean
}

/**
 * Creates the queue's schema and tables where they are missing, and checks that they can be used.
 *
 * @returns the name of the schema
 * @throws MedusaError UNEXPECTED_STATE that names what to grant, and to whom
 */
export async function provideJobSchema(connection: Knex): Promise<string> {
  const before = await inTransaction(connection, readRights)
  refuseMissingRights(before)
  if (before.installed) {
    return before.schema
  }
  try {
    await runAlone(connection, constructionOf(before))
  } catch (error) {
    const after = await inTransaction(connection, readRights)
    if (!after.installed) {
      throw error
    }
    // Another process was faster.
    refuseMissingRights(after)
  }
  return before.schema
}

/** `CREATE SCHEMA` asks for the right to create one even where it exists: then it is left out. */
function constructionOf({ schema, present }: Rights): string {
  const plan = PgBoss.getConstructionPlans(schema)
  return present ? plan.replace(/CREATE SCHEMA IF NOT EXISTS \w+\s*;/, "") : plan
}

async function readRights(session: Session): Promise<Rights> {
  const { rows: current } = await session.run<{ schema: string | null }>("SELECT current_schema() AS schema")
  const schema = jobSchemaOf(current[0].schema ?? "public")
  const { rows } = await session.run<Rights>(RIGHTS, [schema])
  return rows[0]
}

function refuseMissingRights(rights: Rights): void {
  const problem = problemOf(rights)
  if (problem) {
    throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, problem)
  }
}

function problemOf({ schema, role, database, may_create, present, may_use, may_fill, installed, may_work }: Rights): string | null {
  const to = `TO "${role}";`
  if (!present) {
    return may_create
      ? null
      : `The database role "${role}" may not create the schema "${schema}" of the job queue. Run \`medusa db:migrate\` as a role that may, ` +
          `or: GRANT CREATE ON DATABASE "${database}" ${to}`
  }
  if (!installed && (!may_use || !may_fill)) {
    return `The database role "${role}" may not create tables in the schema "${schema}" of the job queue. GRANT USAGE, CREATE ON SCHEMA ${schema} ${to}`
  }
  if (installed && (!may_use || !may_work)) {
    return (
      `The database role "${role}" may not use the schema "${schema}" of the job queue, which another role created. ` +
      `GRANT USAGE ON SCHEMA ${schema} ${to} GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} ${to}`
    )
  }
  return null
}

/** The catalogue can be read without any right to the schema itself. */
const RIGHTS = `
  SELECT $1::text AS schema,
    current_user::text AS role,
    current_database()::text AS database,
    has_database_privilege(current_database(), 'CREATE') AS may_create,
    n.oid IS NOT NULL AS present,
    coalesce(has_schema_privilege(n.oid, 'USAGE'), false) AS may_use,
    coalesce(has_schema_privilege(n.oid, 'CREATE'), false) AS may_fill,
    t.tables IS NOT NULL AS installed,
    coalesce(t.usable, false) AS may_work
  FROM (SELECT 1) AS one
  LEFT JOIN pg_namespace AS n ON n.nspname = $1
  LEFT JOIN LATERAL (
    SELECT count(*) AS tables,
      bool_and(
        has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
        AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE')
      ) AS usable
    FROM pg_class AS c
    WHERE c.relnamespace = n.oid
      AND c.relkind IN ('r', 'p')
    HAVING bool_or(c.relname = 'version')
  ) AS t ON true`
