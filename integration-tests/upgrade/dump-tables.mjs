/**
 * The plugin's tables of a database as SQL: tables, constraints, indexes, functions, triggers, rows, and the notes of the migrations
 * that made them. (pg_dump is no part of the packages that bring Postgres, and refuses a server newer than itself.)
 *
 * @param query runs a statement and gives its rows
 * @param migrations the names of the plugin's migrations: Medusa notes those of all modules in one table
 */
export async function dumpTables(query, migrations) {
  const parts = [
    ...(await texts(query, FUNCTIONS)),
    ...(await texts(query, SEQUENCES)),
    ...(await texts(query, TABLES)),
    ...(await rowsOf(query, await texts(query, NAMES))),
    ...(await texts(query, SEQUENCE_VALUES)),
    ...(await texts(query, CONSTRAINTS)),
    ...(await texts(query, INDEXES)),
    ...(await texts(query, TRIGGERS)),
    ...(await texts(query, MIGRATIONS, [migrations])),
  ]
  return `-- Written by make-fixture.mjs: the plugin's own tables with rows, as a store has them that updates.\n${parts.join("\n")}\n`
}

const texts = async (query, statement, values) => (await query(statement, values)).map(({ text }) => text)

async function rowsOf(query, tables) {
  const inserts = []
  for (const table of tables) {
    const rows = await query(`SELECT to_jsonb(t)::text AS row FROM ${table} AS t ORDER BY 1`)
    for (const { row } of rows) {
      inserts.push(`INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, '${row.replaceAll("'", "''")}');`)
    }
  }
  return inserts
}

const NAMES = `
  SELECT quote_ident(relname) AS text
  FROM pg_class
  WHERE relnamespace = 'public'::regnamespace
    AND relkind = 'r'
    AND relname LIKE 'privacy\\_%'
  ORDER BY relname`

const FUNCTIONS = `
  SELECT pg_get_functiondef(oid) || ';' AS text
  FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace
    AND proname LIKE 'privacy\\_%'
  ORDER BY proname`

const SEQUENCES = `
  SELECT format('CREATE SEQUENCE %I;', relname) AS text
  FROM pg_class
  WHERE relnamespace = 'public'::regnamespace
    AND relkind = 'S'
    AND relname LIKE 'privacy\\_%'
  ORDER BY relname`

const SEQUENCE_VALUES = `
  SELECT format('SELECT setval(%L, %s);', sequencename, last_value) AS text
  FROM pg_sequences
  WHERE schemaname = 'public'
    AND sequencename LIKE 'privacy\\_%'
    AND last_value IS NOT NULL
  ORDER BY sequencename`

const TABLES = `
  SELECT format('CREATE TABLE %I (%s);', c.relname, string_agg(
    format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
      || CASE WHEN d.adbin IS NULL THEN '' ELSE ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) END
      || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
    ', ' ORDER BY a.attnum)) AS text
  FROM pg_class AS c
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace
    AND c.relkind = 'r'
    AND c.relname LIKE 'privacy\\_%'
  GROUP BY c.relname
  ORDER BY c.relname`

// Foreign keys last; Postgres 18 lists NOT NULL here as well, which the tables have already.
const CONSTRAINTS = `
  SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s;', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS text
  FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
    AND contype <> 'n'
    AND conrelid IN (SELECT oid FROM pg_class WHERE relname LIKE 'privacy\\_%')
  ORDER BY contype = 'f', conname`

const INDEXES = `
  SELECT pg_get_indexdef(indexrelid) || ';' AS text
  FROM pg_index AS i
  JOIN pg_class AS c ON c.oid = i.indrelid
  WHERE c.relnamespace = 'public'::regnamespace
    AND c.relname LIKE 'privacy\\_%'
    AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)
  ORDER BY 1`

const TRIGGERS = `
  SELECT pg_get_triggerdef(oid) || ';' AS text
  FROM pg_trigger
  WHERE NOT tgisinternal
    AND tgrelid IN (SELECT oid FROM pg_class WHERE relname LIKE 'privacy\\_%')
  ORDER BY tgname`

const MIGRATIONS = `
  SELECT format('INSERT INTO mikro_orm_migrations (name, executed_at) VALUES (%L, %L);', name, executed_at) AS text
  FROM mikro_orm_migrations
  WHERE name = ANY ($1::text[])
  ORDER BY id`
