import { clx } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestType } from "../../lib/contract"
import { PLAN_COUNTS, toPlanCounts } from "../../lib/request-plan"
import { type RequestPreview } from "../../lib/request-contract"

interface PlanCountsProps {
  preview: RequestPreview
  type: RequestType
}

/** How many lines came out how. */
export const PlanCounts = ({ preview, type }: PlanCountsProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const counts = toPlanCounts(preview)
  // Nothing holds an extract back.
  const shown = PLAN_COUNTS.filter((count) => type === "erasure" || count !== "held")

  return (
    <dl
      className={clx("grid grid-cols-2 gap-2", {
        "sm:grid-cols-4 lg:grid-cols-7": type === "erasure",
        "sm:grid-cols-3 lg:grid-cols-6": type === "access",
      })}
    >
      {shown.map((count) => (
        <div
          key={count}
          data-testid={`privacy-count-${count}`}
          className="shadow-borders-base bg-ui-bg-component flex flex-col-reverse justify-end gap-y-0.5 rounded-lg px-3 py-2"
        >
          <dt className="txt-compact-small text-ui-fg-subtle">
            {t(`requestWindow.review.counts.${count}`)}
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
