import type { ColumnType } from "../strategies"
import type { Session } from "../database/session"

/** A column as the database has it. */
export interface LiveColumn {
  type: ColumnType
  nullable: boolean
  /** Postgres' own name of the type. */
  dataType: string
  /** True where the indexes that begin with it leave out soft-deleted rows, as nearly all of Medusa's do. */
  indexesLiveRows: boolean
}

/** The live database: table → column → facts. */
export type LiveSchema = Map<string, Map<string, LiveColumn>>

const TYPES: Record<string, ColumnType> = {
  text: "text",
  varchar: "text",
  bpchar: "text",
  citext: "text",
  json: "json",
  jsonb: "jsonb",
  bool: "boolean",
}

/** Types that can hold words about a person, so that coverage asks for a classification. */
const CLASSIFIED = new Set<ColumnType>(["text", "json", "jsonb"])

export const needsClassification = ({ type }: LiveColumn) => CLASSIFIED.has(type)

/** Reads the tables of Medusa's schema; partitions count as part of their parent. */
export async function readSchema(session: Session): Promise<LiveSchema> {
  const { rows } = await session.run<{ table: string; column: string; data_type: string; nullable: boolean; live: boolean | null; whole: boolean | null }>(
    `SELECT c.relname AS table, a.attname AS column, t.typname AS data_type, NOT a.attnotnull AS nullable, i.live, i.whole
     FROM pg_class c
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     JOIN pg_type t ON t.oid = a.atttypid
     LEFT JOIN (SELECT indrelid, indkey[0] AS first, bool_or(indpred IS NULL) AS whole, bool_or(pg_get_expr(indpred, indrelid) = '(deleted_at IS NULL)') AS live
       FROM pg_index WHERE indisvalid GROUP BY 1, 2) AS i ON i.indrelid = c.oid AND i.first = a.attnum
     WHERE c.relnamespace = quote_ident(current_schema())::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     ORDER BY c.relname, a.attnum`
  )
  const schema: LiveSchema = new Map()
  for (const { table, column, data_type, nullable, live, whole } of rows) {
    const columns = schema.get(table) ?? new Map<string, LiveColumn>()
    columns.set(column, { type: TYPES[data_type] ?? "other", nullable, dataType: data_type, indexesLiveRows: live === true && whole !== true })
    schema.set(table, columns)
  }
  return schema
}
