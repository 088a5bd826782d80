import type { Session } from "../database/session"
import type { PrivacyOptions } from "../options"
import type { HoldCode, Severity } from "./codes"
import { holdRules, type HoldParams } from "./rules"

/** A reason found, as the API shows it. */
export interface Hold {
  code: HoldCode
  severity: Severity
  /** In English; `params` are the numbers in it, for screens that say it in another language. */
  message: string
  params: HoldParams
}

/** Finds what holds the subjects of the scope back: one statement for all rules and subjects. */
export async function findHolds(
  session: Session,
  options: Pick<PrivacyOptions, "holds" | "retention_days">
): Promise<Map<number, Hold[]>> {
  const rules = holdRules(options.retention_days)
    .map((rule) => ({ ...rule, severity: options.holds[rule.code] ?? rule.severity }))
    .filter(({ severity }) => severity !== "ignore")
  const holds = new Map<number, Hold[]>()
  if (!rules.length) {
    return holds
  }
  const { rows } = await session.run<{ code: HoldCode; subject: number; count: number }>(
    rules.map(({ code, sql }) => `SELECT '${code}' AS code, found.subject, found.count FROM (${sql}) AS found`).join("\nUNION ALL\n")
  )
  for (const rule of rules) {
    for (const { subject, count } of rows.filter(({ code }) => code === rule.code)) {
      const params = { count, ...(rule.code === "retention_period" ? { days: options.retention_days } : {}) }
      const hold = { code: rule.code, severity: rule.severity as Severity, message: rule.message(params), params }
      holds.set(subject, [...(holds.get(subject) ?? []), hold])
    }
  }
  return holds
}
