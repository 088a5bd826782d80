import { literal, name } from "../database/sql"
import type { BoundDataMap } from "../data-map/data-map"
import type { LiveEntry } from "../data-map/live-map"
import type { LiveColumn } from "../data-map/schema"
import { currencyOf } from "./currency"

/** What stands in an extract where a value was left out. */
export const WITHHELD = { credential: "[withheld: credential]", others: "[withheld: another person]" } as const

export type WithheldReason = keyof typeof WITHHELD

/** A column as an extract shows it. */
export interface ShownColumn {
  name: string
  /** Its value as JSON text in SQL, null where there is none. */
  sql: string
  /** An amount: `{ amount, currency_code }`. */
  money: boolean
  withheld: WithheldReason | null
}

/** Facts of types that cannot hold words about a person, which the map therefore need not name: dates, amounts, numbers, switches. */
const FACTS = new Set(["timestamptz", "timestamp", "date", "numeric", "int2", "int4", "int8", "float4", "float8", "bool"])

/** Numbers beside a `raw_` column that are not money. */
const NOT_MONEY = /quantity|rate|limit|used/

/** Keys in a provider's data that stand for access to it, such as the client secret of a payment. */
const SECRET_KEYS = `"([^"]*(secret|password|passwd|token|api_?key|private_?key|authorization)[^"]*)": "(?:[^"\\\\]|\\\\.)*"`

/** Whatever else happens with it: the subject learns when a record was made, never what Medusa keeps twice. */
function isShown(column: string, live: LiveColumn, columns: Map<string, LiveColumn>, mapped: boolean): boolean {
  if (column.startsWith("raw_") && columns.has(column.slice("raw_".length))) {
    return false
  }
  return mapped || FACTS.has(live.dataType)
}

/** The columns of an entry in the order of its table: all the map names, and facts besides. */
export function shownColumns(entry: LiveEntry, map: Pick<BoundDataMap, "entries" | "schema">, redactOthers: boolean): ShownColumn[] {
  const columns = map.schema.get(entry.table) as Map<string, LiveColumn>
  const mapped = new Map(entry.columns.map((column) => [column.name, column]))
  const currency = currencyOf(entry, map)
  return [...columns]
    .filter(([column, live]) => isShown(column, live, columns, mapped.has(column)))
    .map(([column, live]): ShownColumn => {
      const value = `t.${name(column)}`
      const declared = mapped.get(column)
      const reason = withheldReason(entry, column, declared?.category, redactOthers)
      if (reason) {
        return { name: column, sql: `CASE WHEN ${value} IS NOT NULL THEN ${jsonText(WITHHELD[reason])} END`, money: false, withheld: reason }
      }
      const money = Boolean(currency) && columns.has(`raw_${column}`) && !NOT_MONEY.test(column)
      const plain = money ? amount(value, currency as string) : jsonOf(value, live, declared?.category === "financial")
      const othersToo = redactOthers && entry.recipient && declared?.strategies.anonymize.strategy.removes
      return { name: column, sql: othersToo ? `CASE WHEN o.other AND ${value} IS NOT NULL THEN ${jsonText(WITHHELD.others)} ELSE ${plain} END` : plain, money, withheld: null }
    })
}

function withheldReason(entry: LiveEntry, column: string, category: string | undefined, redactOthers: boolean): WithheldReason | null {
  if (category === "credential" && !entry.disclose.includes(column)) {
    return "credential"
  }
  return redactOthers && entry.others.includes(column) ? "others" : null
}

const jsonText = (text: string) => literal(JSON.stringify(text))

const amount = (value: string, currency: string) =>
  `'{"amount": ' || ${value}::text || ', "currency_code": ' || coalesce(to_json(${currency})::text, 'null') || '}'`

function jsonOf(value: string, { type }: LiveColumn, ofProvider: boolean): string {
  if (type !== "json" && type !== "jsonb") {
    return `to_json(${value})::text`
  }
  return ofProvider ? `regexp_replace(${value}::jsonb::text, ${literal(SECRET_KEYS)}, ${literal(`"\\1": "${WITHHELD.credential}"`)}, 'gi')` : `${value}::text`
}

/** A row as one line of JSON in SQL; columns without a value are left out. */
export function rowJson(columns: { name: string; sql: string }[], record: string): string {
  const pairs = columns.map((column) => `${literal(`${JSON.stringify(column.name)}: `)} || (${column.sql})`)
  // A function takes at most a hundred arguments.
  const groups: string[] = []
  for (let at = 0; at < pairs.length; at += 50) {
    groups.push(`nullif(concat_ws(', ', ${pairs.slice(at, at + 50).join(", ")}), '')`)
  }
  return `'{' || concat_ws(', ', ${[literal(`"record": ${JSON.stringify(record)}`), ...groups].join(", ")}) || '}'`
}
