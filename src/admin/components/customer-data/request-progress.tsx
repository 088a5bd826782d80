import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import { countProcessed, isRunning } from "../../lib/request-view"
import { ProgressBar } from "../common/progress-bar"

/** How far a request has come, small enough for a table. */
export const RequestProgress = ({ request }: { request: BulkRequest }) => {
  const { t } = usePrivacyTranslation()
  const { number, percent } = useFormat()
  const { reference, totals } = request
  const done = countProcessed(totals)

  return (
    <div className="flex w-28 items-center gap-x-2">
      <ProgressBar
        label={t("customerData.progress.label", { reference })}
        done={done}
        total={totals.subjects}
        valueText={t("customerData.progress.count", {
          done: number(done),
          total: number(totals.subjects),
        })}
        isRunning={isRunning(request)}
      />
      <span
        aria-hidden
        className="txt-compact-xsmall text-ui-fg-muted min-w-8 shrink-0 text-right tabular-nums"
      >
        {percent(done, totals.subjects)}
      </span>
    </div>
  )
}
