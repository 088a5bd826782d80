import { clx } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { PLAN_COUNTS, toPlanCounts } from "../../lib/erasure-plan"
import { type ErasurePreview } from "../../lib/request-contract"

/** How many lines came out how. */
export const PlanCounts = ({ preview }: { preview: ErasurePreview }) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const counts = toPlanCounts(preview)

  return (
    <dl className="grid grid-cols-2 gap-2 sm:grid-cols-4 lg:grid-cols-7">
      {PLAN_COUNTS.map((count) => (
        <div
          key={count}
          data-testid={`privacy-count-${count}`}
          className="shadow-borders-base bg-ui-bg-component flex flex-col-reverse justify-end gap-y-0.5 rounded-lg px-3 py-2"
        >
          <dt className="txt-compact-small text-ui-fg-subtle">
            {t(`erase.review.counts.${count}`)}
          </dt>
          <dd
            className={clx("h2-core tabular-nums", {
              "text-ui-fg-muted": counts[count] === 0,
            })}
          >
            {number(counts[count])}
          </dd>
        </div>
      ))}
    </dl>
  )
}
