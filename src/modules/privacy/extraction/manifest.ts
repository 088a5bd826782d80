import { makePlan } from "../erasure/plan"
import type { PrivacyOptions } from "../options"
import type { ExtractFormat } from "./customer-files"
import { WITHHELD, type WithheldReason } from "./shown-columns"
import type { ExtractPlan } from "./plan"

/** What an archive is a part of. */
export interface PartFacts {
  reference: string
  part: number
  format: ExtractFormat
  language: string
  subjects: number
  created_at: string
  /** Days after which the archive is destroyed. */
  expires_days: number
  counts: Map<string, number>
  /** Whom the data was passed to, per kind. */
  passedTo: Map<string, Set<string>>
  /** What the destinations answered. */
  asked: Map<string, AskedFacts>
}

/** One destination's answers in an archive. */
interface AskedFacts {
  subjects: number
  records: number
  /** Customers of whom it did not say all. */
  incomplete: number
  missing: { customer_id: string; error: string }[]
}

/** What the data is, where it came from, who has it, how long it stays and what was left out: manifest.json of every archive. */
export function manifestOf(plan: ExtractPlan, facts: PartFacts, options: Pick<PrivacyOptions, "retention_days" | "default_method">) {
  const erasure = makePlan(options.default_method)
  const kinds = [...new Set(plan.entries.map(({ kind }) => kind))].filter((kind) => facts.counts.has(kind))
  return {
    reference: facts.reference,
    part: facts.part,
    format: facts.format,
    created_at: facts.created_at,
    archive_expires_after_days: facts.expires_days,
    subjects: facts.subjects,
    kinds: kinds.map((kind) => {
      const entries = plan.entries.filter((entry) => entry.kind === kind)
      const columns = entries.flatMap(({ entry }) => (entry ? entry.columns.map((column) => ({ entry, column })) : []))
      return {
        kind,
        records: facts.counts.get(kind),
        categories: [...new Set(columns.map(({ column }) => column.category).filter((category) => category !== "technical"))].sort(),
        origin: [...new Map(entries.map(({ entry, record }) => [record, { module: entry?.module ?? "privacy", record }])).values()],
        passed_to: [...(facts.passedTo.get(kind) ?? [])].sort(),
        kept_after_erasure: [
          ...new Set(
            columns
              .filter(({ entry, column }) => column.category !== "technical" && !entry.deleteRow.includes(options.default_method))
              .filter(({ entry, column }) => erasure.strategyOf(entry, column).strategy.name === "keep")
              .map(({ column }) => column.name)
          ),
        ].sort(),
      }
    }),
    destinations: [...facts.asked].map(([destination, { subjects, records, incomplete, missing }]) => ({
      destination, subjects, records, complete: incomplete === 0, incomplete, could_not_be_asked: missing,
    })),
    retention: {
      erasure_method: options.default_method,
      days_after_last_order: options.retention_days || null,
      order_records: "Order numbers, items, totals, taxes and dates are kept as tax and commercial law require (GDPR Art. 17(3)(b)).",
    },
    withheld: {
      credentials: { shown_as: WITHHELD.credential, columns: withheld(plan, "credential") },
      other_people: {
        redacted: plan.redactOthers,
        shown_as: plan.redactOthers ? WITHHELD.others : null,
        columns: withheld(plan, "others"),
        records_that_name_a_recipient: plan.redactOthers
          ? [...new Set(plan.entries.filter(({ entry }) => entry?.recipient).map(({ record }) => record))]
          : [],
      },
    },
  }
}

const withheld = ({ entries }: ExtractPlan, reason: WithheldReason): string[] => [
  ...new Set(entries.flatMap(({ record, columns }) => columns.filter((column) => column.withheld === reason).map(({ name }) => `${record}: ${name}`))),
]
