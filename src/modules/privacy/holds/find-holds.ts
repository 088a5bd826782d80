import type { Session } from "../database/session"
import { name } from "../database/sql"
import { scopeRows } from "../data-map/live-map"
import type { PrivacyOptions } from "../options"
import type { HoldCode, Severity } from "./codes"
import { holdRules, type HoldParams, type HoldRule } from "./rules"

/** A reason found, as the API shows it. */
export interface Hold {
  code: HoldCode
  severity: Severity
  /** In English; `params` are the numbers in it, for screens that say it in another language. */
  message: string
  params: HoldParams
}

/** What a rule found for a subject. */
export interface FoundHold {
  code: HoldCode
  subject: number
  count: number
}

type HoldOptions = Pick<PrivacyOptions, "holds" | "retention_days">

/** The rules a store goes by. */
function rulesOf(options: HoldOptions): (HoldRule & { severity: Severity })[] {
  return holdRules(options.retention_days)
    .map((rule) => ({ ...rule, severity: options.holds[rule.code] ?? rule.severity }))
    .filter((rule): rule is HoldRule & { severity: Severity } => rule.severity !== "ignore")
}

/** Codes of the rules that hold an erasure back, as this store has it. */
export const blockingCodes = (options: HoldOptions): HoldCode[] => rulesOf(options).flatMap(({ code, severity }) => (severity === "block" ? code : []))

/**
 * All rules as one query: columns `code`, `subject`, `count`.
 *
 * @param matches gives the rows of the subjects that fulfil a condition: columns `key`, `subject`; the same row may come more than once
 */
export function holdsSql(options: HoldOptions, matches: (entry: string, condition: string) => string): string {
  const found = rulesOf(options).map(
    ({ code, entry, condition }) =>
      `SELECT '${code}' AS code, subject, count(DISTINCT key)::int AS count FROM (${matches(entry, condition)}) AS ${code} GROUP BY subject`
  )
  return found.join("\nUNION ALL\n") || "SELECT NULL AS code, NULL::int AS subject, NULL::int AS count WHERE FALSE"
}

/** Looks at the rows a scope holds already. */
export const matchesInScope = (entry: string, condition: string) =>
  `SELECT r.key, r.subject FROM ${scopeRows(entry)} AS r JOIN ${name(entry)} AS t ON t.id = r.key WHERE ${condition}`

/** What was found, in words: by subject, in the order officers read it. */
export function describeHolds(options: HoldOptions, found: FoundHold[]): Map<number, Hold[]> {
  const holds = new Map<number, Hold[]>()
  for (const rule of rulesOf(options)) {
    for (const { subject, count } of found.filter(({ code }) => code === rule.code)) {
      const params = { count: rule.uncounted ? 1 : count, ...(rule.code === "retention_period" ? { days: options.retention_days } : {}) }
      const hold = { code: rule.code, severity: rule.severity, message: rule.message(params), params }
      holds.set(subject, [...(holds.get(subject) ?? []), hold])
    }
  }
  return holds
}

/** Finds what holds the subjects of the scope back: one statement for all rules and subjects. */
export async function findHolds(session: Session, options: HoldOptions): Promise<Map<number, Hold[]>> {
  const { rows } = await session.run<FoundHold>(holdsSql(options, matchesInScope))
  return describeHolds(options, rows)
}
