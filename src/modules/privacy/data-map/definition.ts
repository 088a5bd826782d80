import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { strictObject } from "../strict-object"
import { CATEGORIES, METHODS, type Category, type Method } from "../vocabulary"
import { resolveStrategy, type ResolvedStrategy, type StrategySpecification } from "../strategies"

export { CATEGORIES, METHODS, type Category, type Method } from "../vocabulary"

/** What names the customer whose a row is: one of its columns, or a query over the row `t`, the row above `p` (its key) and `parent`. */
export type Owner = string | OwnerQuery

/** A query that gives the id of a customer; where one of its tables is missing, nothing names one. */
export interface OwnerQuery {
  sql: string
  tables: string[]
}

/**
 * Whether a link that was dismissed (Medusa keeps its row, with `deleted_at`) still leads to the record behind it: `never`, or only while the record
 * is `unclaimed`, which means that no live link leads to it. What is worth money is `never` reached by a dismissed link.
 */
export type DeadLinks = "never" | "unclaimed"

/** How a row is recognised by its words: `column` and `index_with` must be the same as in a row of the parent, and one of `one_of` besides. */
export interface WordMatch {
  one_of: string[]
  /** What stands in the parent's `column` once it is masked: such a row recognises nothing. */
  masked: string
  /** SQL over the row as `t` and its candidate subject as `words`: true for a row that has a use, and so leads to its subject by an id, or is another's. */
  unless: string
}

/**
 * How a row leads back to a subject: its `column` holds an identifier, or it holds the key (or the `parent_column`) of a row of
 * another entry. `column` and `parent_column` may lead into a JSON object with a dot (`app_metadata.customer_id`).
 *
 * Nothing of another customer may change, so each path says whose the rows are that it leads to (`owner`, `dead_links`).
 */
export type RowPath =
  | { column: string; identifier: "customer_id"; where?: string }
  | {
      column: string
      identifier: "email"
      where?: string
      /**
       * Column with the id of the customer a row belongs to: one that names another live account is that account's and is passed over. Without it,
       * or null: whoever has the address. Either way the path is not followed while another live account, not asked for, has the address.
       */
      owner?: string | null
    }
  | {
      column: string
      of: string
      parent_column?: string
      where?: string
      /**
       * What names the customer a row belongs to: one that names any other customer is passed over. Without it, or null: the row is a part
       * of the row above and has the same owner.
       */
      owner?: Owner | null
      /** Column with the e-mail address a message went to: one that went to another customer is that customer's. */
      addressee?: string
      /** How a dismissed link counts; without it, `never` for a path with `parent_column` through a table of technical columns alone. */
      dead_links?: DeadLinks
      /** Columns that `where` compares as well: without them an index on a column such as a surname would find half a town. */
      index_with?: string[]
      /** The parent's column holds words and no id. Once they are masked they are everybody's: erased customers are not looked for this way. */
      by_words?: WordMatch
    }
  /**
   * A JSON column in which one of the subject's identifiers, or the id of one of its records, stands as a value at any depth. Reads the
   * whole table: for small ones only. The row is nobody's: a record of what the machine or the staff did.
   */
  | { column: string; mentions: "subject"; where?: string }

/** Keys that a path of Medusa's own tables has to state. */
type Stated<Path> = Path extends { identifier: "email" } | { of: string } ? Path & { owner: Owner | null } : Path

/** Records of other customers that may use a row as well (an address two carts point at): a row one of them uses stays as it is. */
interface UsedBy {
  table: string
  columns: string[]
  /** Its column with the customer's id. */
  owner: string
}

/** What a column is, and what happens to it per method; `delete` follows `anonymize` where it is not given. */
export interface ColumnDeclaration {
  category: Category
  anonymize: StrategySpecification
  delete?: StrategySpecification
}

/** One table of the data map, as Medusa's own tables and a store's own tables are declared. */
export interface TableDeclaration {
  table: string
  /** Name of the entry; the table's name unless a table appears twice. */
  name?: string
  /** Medusa module (or plugin) that owns the table. */
  module?: string
  /** What people call such a record: "orders", "addresses". */
  kind: string
  /** Unique column rows are addressed by; default `id`. */
  key?: string
  rows: RowPath[]
  /** Who else may use a row. */
  used_by?: UsedBy[]
  /** Methods under which the whole row goes. */
  delete_row?: Method[]
  columns: Record<string, ColumnDeclaration>
  /** Columns that say nothing about a person (keys, codes, amounts): kept. */
  technical?: string[]
  /** Columns in which other people stand beside the subject (staff who acted, whom staff were written to): withheld from an extract. */
  others?: string[]
  /** Column with the first name of whom the row names: where that is not the subject, what is personal in the row is withheld from an extract. */
  recipient?: string
  /** True when one row may name several subjects (a list of ids), and each one's part of it is erased. */
  shared?: boolean
  /** Columns of the category `credential` that are no secret (the address somebody logs in with): shown in an extract. */
  disclose?: string[]
}

/** One of Medusa's tables: each path states whose its rows are. */
export interface MedusaTable extends TableDeclaration {
  rows: Stated<RowPath>[]
}

const strategySchema = z.union([z.string(), z.object({ strategy: z.string() }).passthrough()])

/**
 * The declaration of a store's own table in the plugin options. Strict: a word it does not know is an error at start.
 */
export const tableDeclarationSchema = strictObject({
  table: z.string().min(1),
  name: z.string().min(1).optional(),
  module: z.string().min(1).optional(),
  kind: z.string().min(1),
  key: z.string().min(1).optional(),
  rows: z
    .array(
      z.union(
        [
          strictObject({ column: z.string().min(1), identifier: z.literal("customer_id") }),
          strictObject({ column: z.string().min(1), identifier: z.literal("email"), owner: z.string().min(1).optional() }),
          strictObject({
            column: z.string().min(1),
            of: z.string().min(1),
            parent_column: z.string().min(1).optional(),
            owner: z.string().min(1).optional(),
            dead_links: z.enum(["never", "unclaimed"]).optional(),
          }),
          strictObject({ column: z.string().min(1), mentions: z.literal("subject") }),
        ],
        `must be { column, identifier: "customer_id" }, { column, identifier: "email", owner? }, ` +
          `{ column, of, parent_column?, owner?, dead_links? } or { column, mentions: "subject" }`
      )
    )
    .min(1),
  delete_row: z.array(z.enum(METHODS)).min(1).optional(),
  columns: z.record(
    z.string(),
    strictObject({ category: z.enum(CATEGORIES), anonymize: strategySchema, delete: strategySchema.optional() })
  ),
  technical: z.array(z.string().min(1)).optional(),
  others: z.array(z.string().min(1)).optional(),
  recipient: z.string().min(1).optional(),
  shared: z.boolean().optional(),
  disclose: z.array(z.string().min(1)).optional(),
})

/** A column with its strategies looked up. */
export interface MapColumn {
  name: string
  category: Category
  strategies: Record<Method, ResolvedStrategy>
}

/** A checked entry of the data map; no database was asked yet. */
export interface MapEntry {
  name: string
  table: string
  module: string
  kind: string
  key: string
  rows: RowPath[]
  usedBy: UsedBy[]
  deleteRow: Method[]
  columns: MapColumn[]
  /** Columns withheld from an extract because they name others. */
  others: string[]
  recipient: string | null
  shared: boolean
  /** Credentials that an extract shows all the same. */
  disclose: string[]
}

/**
 * Checks declarations against each other and the strategies, and puts parents before children.
 *
 * @throws MedusaError INVALID_DATA on an unknown strategy, option, parent or category, on a name given twice and on a circle
 */
export function defineDataMap(declarations: TableDeclaration[]): MapEntry[] {
  const entries = new Map<string, MapEntry>()
  for (const declaration of declarations) {
    const entry = toEntry(declaration)
    if (entries.has(entry.name)) {
      throw invalid(`the data map has two entries "${entry.name}". Give one of them another \`name\`.`)
    }
    entries.set(entry.name, entry)
  }
  return inOrder(entries)
}

function toEntry(declaration: TableDeclaration): MapEntry {
  const name = declaration.name ?? declaration.table
  const key = declaration.key ?? "id"
  const technical = [...new Set([key, ...(declaration.technical ?? [])])].filter((column) => !declaration.columns[column])
  const keep = resolveStrategy("keep", name)
  const columns = [
    ...technical.map((column): MapColumn => ({
      name: column,
      category: "technical",
      strategies: { anonymize: keep, delete: keep },
    })),
    ...Object.entries(declaration.columns).map(([column, { category, anonymize, delete: remove }]): MapColumn => ({
      name: column,
      category,
      strategies: {
        anonymize: resolveStrategy(anonymize, `${name}.${column}`),
        delete: resolveStrategy(remove ?? anonymize, `${name}.${column}`),
      },
    })),
  ]
  const { others = [], recipient = null, shared = false, disclose = [] } = declaration
  for (const column of [...others, ...disclose, ...(recipient ? [recipient] : [])]) {
    if (!columns.some((known) => known.name === column)) {
      throw invalid(`"${name}" says something about "${column}", which is neither among its \`columns\` nor \`technical\`.`)
    }
  }
  return {
    name,
    table: declaration.table,
    module: declaration.module ?? "store",
    kind: declaration.kind,
    key,
    rows: declaration.rows,
    usedBy: declaration.used_by ?? [],
    deleteRow: declaration.delete_row ?? [],
    columns,
    others,
    recipient,
    shared,
    disclose,
  }
}

/** True for a table of technical columns alone: it ties records together and says nothing about anybody itself. */
export const tiesRecords = ({ columns }: Pick<MapEntry, "columns">) => columns.every(({ category }) => category === "technical")

/** How a path takes dismissed links; null where it leads through records and not through links. */
export const deadLinksOf = (row: RowPath, parent: Pick<MapEntry, "columns">): DeadLinks | null =>
  "of" in row && row.parent_column ? (row.dead_links ?? (tiesRecords(parent) ? "never" : null)) : null

/** Parents first, so that each entry's rows can be found from rows already found. */
function inOrder(entries: Map<string, MapEntry>): MapEntry[] {
  const ordered = new Set<MapEntry>()
  const visit = (entry: MapEntry, path: string[]) => {
    if (ordered.has(entry)) {
      return
    }
    if (path.includes(entry.name)) {
      throw invalid(`the data map goes in a circle: ${[...path, entry.name].join(" → ")}.`)
    }
    for (const row of entry.rows) {
      if ("of" in row) {
        const parent = entries.get(row.of)
        if (!parent) {
          throw invalid(`"${entry.name}" says its rows belong to "${row.of}", which the data map does not have.`)
        }
        visit(parent, [...path, entry.name])
      }
    }
    ordered.add(entry)
  }
  entries.forEach((entry) => visit(entry, []))
  return [...ordered]
}

const invalid = (message: string) => new MedusaError(MedusaError.Types.INVALID_DATA, `Privacy: ${message}`)
