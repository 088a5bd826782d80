import { type DataMap, type DataMapTable } from "./contract"

export interface DataMapRow {
  id: string
  table: string
  column: string
  kind: string
  module: string
  category: string
  anonymize: string
  delete: string
}

const toStrategyByColumn = (dataMap: DataMap) =>
  new Map(
    dataMap.tables.flatMap(({ table, columns }) =>
      columns.map(({ name, strategy }) => [`${table}.${name}`, strategy])
    )
  )

/** One row a column, with the strategy of both methods side by side. */
export const toDataMapRows = (
  anonymizeMap: DataMap,
  deleteMap: DataMap
): DataMapRow[] => {
  const deleteStrategies = toStrategyByColumn(deleteMap)

  return anonymizeMap.tables.flatMap(({ table, kind, module, columns }) =>
    columns.map(({ name, category, strategy }) => {
      const id = `${table}.${name}`

      return {
        id,
        table,
        column: name,
        kind,
        module,
        category,
        anonymize: strategy,
        delete: deleteStrategies.get(id) ?? strategy,
      }
    })
  )
}

export interface DataMapFilter {
  text?: string
  categories?: string[]
  kinds?: string[]
}

export const filterDataMapRows = (
  rows: DataMapRow[],
  { text, categories, kinds }: DataMapFilter
) => {
  const needle = text?.trim().toLowerCase()

  return rows.filter(
    (row) =>
      (!needle ||
        `${row.id} ${row.module} ${row.anonymize} ${row.delete}`
          .toLowerCase()
          .includes(needle)) &&
      (!categories?.length || categories.includes(row.category)) &&
      (!kinds?.length || kinds.includes(row.kind))
  )
}

export interface KindGroup {
  kind: string
  tables: DataMapTable[]
  removed: number
  kept: number
}

/** The data map as the officer reads it before confirming: by kind of record, not by module. */
export const groupByKind = (dataMap: DataMap): KindGroup[] => {
  const groups = new Map<string, KindGroup>()

  for (const table of dataMap.tables) {
    const group = groups.get(table.kind) ?? {
      kind: table.kind,
      tables: [],
      removed: 0,
      kept: 0,
    }
    const removed = table.columns.filter((column) => column.removed).length

    group.tables.push(table)
    group.removed += removed
    group.kept += table.columns.length - removed
    groups.set(table.kind, group)
  }

  return [...groups.values()]
}
