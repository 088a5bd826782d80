import {
  type PrivacyProfile,
  type PrivacyProfileBody,
  type ProfileOverride,
  type StrategyDescription,
} from "./contract"

/** A row of the profile form: everything as text, the way inputs hold it. */
export interface OverrideDraft {
  id: string
  /** "category:contact", "column:order_address.city" or "column:*.city"; empty until chosen. */
  target: string
  strategy: string
  options: Record<string, string>
}

export interface ProfileDraft {
  name: string
  description: string
  overrides: OverrideDraft[]
}

type DraftProblem =
  | "name_required"
  | "target_required"
  | "target_twice"
  | "strategy_required"
  | "overrides_required"

export interface DraftProblems {
  name?: DraftProblem
  /** What is wrong with the exceptions as a whole. */
  list?: DraftProblem
  overrides: Record<string, { target?: DraftProblem; strategy?: DraftProblem }>
}

let nextDraftId = 0

export const emptyOverride = (): OverrideDraft => ({
  id: `override-${nextDraftId++}`,
  target: "",
  strategy: "",
  options: {},
})

export const categoryTarget = (category: string) => `category:${category}`

const EVERY_TABLE = "*"

/** A column of one table; without a table, the column of that name in every table. */
export const columnTarget = (column: string, table: string = EVERY_TABLE) =>
  `column:${table}.${column}`

const toTarget = ({ category, table, column }: ProfileOverride) => {
  if (column) {
    return columnTarget(column, table)
  }

  return category ? categoryTarget(category) : ""
}

const fromTarget = (target: string) => {
  const value = target.slice(target.indexOf(":") + 1)

  if (target.startsWith("category:")) {
    return { category: value }
  }

  // Table and column names hold no dots of their own.
  const [table, column] = value.split(".")

  return table === EVERY_TABLE ? { column } : { table, column }
}

const toOptionText = (value: unknown) => {
  if (typeof value === "string") {
    return value
  }

  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.join(", ")
  }

  return JSON.stringify(value)
}

const LISTS = ["keys"]
const TEXTS = ["value", "form"]

/**
 * What an input's text means for an option: a list, a text, or whatever JSON makes of it. The server
 * checks the result against the strategy.
 */
export const parseOption = (name: string, text: string): unknown => {
  const trimmed = text.trim()

  if (LISTS.includes(name)) {
    return trimmed
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean)
  }

  const isSwitch = trimmed === "true" || trimmed === "false"

  if (TEXTS.includes(name) && !isSwitch) {
    return trimmed
  }

  try {
    return JSON.parse(trimmed)
  } catch {
    return trimmed
  }
}

export const toProfileDraft = (profile?: PrivacyProfile): ProfileDraft => ({
  name: profile?.name ?? "",
  description: profile?.description ?? "",
  overrides: profile?.overrides.map((override) => ({
    ...emptyOverride(),
    target: toTarget(override),
    strategy: override.strategy,
    options: Object.fromEntries(
      Object.entries(override.options ?? {}).map(([name, value]) => [
        name,
        toOptionText(value),
      ])
    ),
  })) ?? [emptyOverride()],
})

/** What is wrong with a draft; undefined when it can be saved. */
export const findProblems = (draft: ProfileDraft): DraftProblems | undefined => {
  const problems: DraftProblems = { overrides: {} }
  const seen = new Set<string>()

  if (!draft.name.trim()) {
    problems.name = "name_required"
  }

  if (!draft.overrides.length) {
    problems.list = "overrides_required"
  }

  for (const { id, target, strategy } of draft.overrides) {
    const row: DraftProblems["overrides"][string] = {}

    if (!target) {
      row.target = "target_required"
    } else if (seen.has(target)) {
      row.target = "target_twice"
    }

    if (!strategy) {
      row.strategy = "strategy_required"
    }

    seen.add(target)

    if (row.target || row.strategy) {
      problems.overrides[id] = row
    }
  }

  return problems.name || problems.list || Object.keys(problems.overrides).length
    ? problems
    : undefined
}

export const toProfileBody = (
  draft: ProfileDraft,
  strategies: StrategyDescription[]
): PrivacyProfileBody => ({
  name: draft.name.trim(),
  description: draft.description.trim() || null,
  overrides: draft.overrides.map(({ target, strategy, options }) => {
    const allowed =
      strategies.find(({ name }) => name === strategy)?.options ?? []
    const entries = allowed
      .filter((name) => options[name]?.trim())
      .map((name) => [name, parseOption(name, options[name])])

    return {
      ...fromTarget(target),
      strategy,
      ...(entries.length ? { options: Object.fromEntries(entries) } : {}),
    }
  }),
})
