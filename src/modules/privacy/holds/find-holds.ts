import type { Session } from "../database/session"
import type { PrivacyOptions } from "../options"
import type { HoldCode, Severity } from "./codes"
import { holdRules } from "./rules"

/** A reason found, as the API shows it. */
export interface Hold {
  code: HoldCode
  severity: Severity
  message: string
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
      const hold = { code: rule.code, severity: rule.severity as Severity, message: rule.message(count) }
      holds.set(subject, [...(holds.get(subject) ?? []), hold])
    }
  }
  return holds
}
