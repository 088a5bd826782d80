import { makePlan, type ProfileOverride } from "../erasure/plan"
import { goesWhole } from "../erasure/mask"
import { STRATEGIES } from "../strategies"
import type { Coverage } from "./coverage"
import type { BoundDataMap } from "./data-map"
import type { Category, Method } from "./definition"

/** The data map as the API shows it. */
export interface DataMapView {
  method: Method
  tables: {
    name: string
    table: string
    kind: string
    module: string
    columns: { name: string; category: Category; strategy: string; removed: boolean }[]
  }[]
  strategies: { name: string; description: string; options: string[] }[]
  coverage: Coverage
}

/** Columns that are keys of the row itself tell an officer nothing. */
export function describeDataMap({ entries, coverage }: BoundDataMap, method: Method, overrides: ProfileOverride[]): DataMapView {
  const plan = makePlan(method, overrides)
  return {
    method,
    tables: entries.map((entry) => ({
      name: entry.name,
      table: entry.table,
      kind: entry.kind,
      module: entry.module,
      columns: entry.columns.map((column) => {
        const { strategy } = plan.strategyOf(entry, column)
        const whole = goesWhole(entry, plan)
        return {
          name: column.name,
          category: column.category,
          strategy: whole ? "delete_row" : strategy.name,
          removed: whole || strategy.removes,
        }
      }),
    })),
    strategies: [
      ...STRATEGIES.map(({ name, description, options }) => ({
        name,
        description,
        options: Object.keys((options as unknown as { shape?: object }).shape ?? {}),
      })),
      { name: "delete_row", description: "The whole record goes.", options: [] },
    ],
    coverage,
  }
}
