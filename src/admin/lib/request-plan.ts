import {
  type RequestPreview,
  type LineOutcome,
  type PreviewLine,
} from "./request-contract"

export type PlanCount = "matched" | LineOutcome

/** In the order they are shown: who goes first, then who does not. */
export const PLAN_COUNTS: PlanCount[] = [
  "matched",
  "held",
  "not_found",
  "ambiguous",
  "duplicate",
  "invalid",
  "erased",
]

/** Subjects the request will have: those held are filed too, and erased once nothing holds them. Nothing holds an extract. */
export const countSubjects = ({ subjects, matched, held }: RequestPreview) =>
  subjects ?? matched + held.length

/** Lines per outcome. The lists in a preview are cut off, the counts are not. */
export const toPlanCounts = (
  preview: RequestPreview
): Record<PlanCount, number> => {
  const { matched, not_found, ambiguous, duplicate } = preview
  const held = countSubjects(preview) - matched
  const erased =
    preview.erased ??
    preview.lines.filter(({ outcome }) => outcome === "erased").length
  const rest =
    preview.total_lines -
    (matched + held + not_found + ambiguous + duplicate + erased)

  return {
    matched,
    held,
    not_found,
    ambiguous,
    duplicate,
    erased,
    invalid: Math.max(preview.invalid.length, rest),
  }
}

export interface PlanChange {
  count: PlanCount
  before: number
  after: number
}

/** What differs between two looks at the same list. */
export const toPlanChanges = (
  before: RequestPreview,
  after: RequestPreview
): PlanChange[] => {
  const [old, fresh] = [toPlanCounts(before), toPlanCounts(after)]

  return PLAN_COUNTS.filter((count) => old[count] !== fresh[count]).map(
    (count) => ({ count, before: old[count], after: fresh[count] })
  )
}

/** The holds of a line that is held. */
export const toLineHolds = ({ held }: RequestPreview, { line }: PreviewLine) =>
  held.find((entry) => entry.line === line)?.holds ?? []

/** True when the officer typed the number, plain or written as the language writes it. */
export const isCountConfirmed = (
  typed: string,
  count: number,
  formatted: string
) => [String(count), formatted].includes(typed.trim())

/** "line 12" and "2 customers" carry a number; the other reasons are fixed words. */
export const parseLineReason = (reason: string) => {
  const line = /^line (\d+)$/.exec(reason)
  const customers = /^(\d+) customers$/.exec(reason)

  if (line) {
    return { kind: "line" as const, value: Number(line[1]) }
  }

  return customers
    ? { kind: "customers" as const, value: Number(customers[1]) }
    : { kind: "words" as const, value: reason }
}
