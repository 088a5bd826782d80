import { StatusBadge, Text } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import {
  countProcessed,
  isRunning,
  subjectColors,
} from "../../lib/request-view"
import { toSubjectWords } from "../../lib/subject-words"
import { SUBJECT_STATUSES } from "../../lib/vocabulary"
import { ProgressBar } from "../common/progress-bar"

/** How far the request is, and how many customers are in which state. */
export const RequestTotals = ({ request }: { request: BulkRequest }) => {
  const { t, tCode } = usePrivacyTranslation()
  const { duration, number } = useFormat()
  const { reference, status, totals, estimate_seconds } = request
  const done = countProcessed(totals)

  const outlook =
    status === "pending"
      ? t("request.progress.queued")
      : status === "in_progress" && estimate_seconds !== null
        ? t("request.progress.estimate", { duration: duration(estimate_seconds) })
        : undefined

  return (
    <section
      aria-label={t("request.progress.title")}
      className="flex flex-col gap-y-4 px-6 py-4"
    >
      <div className="flex flex-col gap-y-2">
        <div className="flex items-baseline justify-between gap-x-4">
          <Text size="small" weight="plus" data-testid="privacy-request-progress">
            {t("request.progress.count", {
              done: number(done),
              count: totals.subjects,
              total: number(totals.subjects),
            })}
          </Text>
          {outlook && (
            <Text size="small" className="text-ui-fg-muted">
              {outlook}
            </Text>
          )}
        </div>
        <ProgressBar
          label={t("customerData.progress.label", { reference })}
          done={done}
          total={totals.subjects}
          isRunning={isRunning(request)}
        />
      </div>
      <ul className="flex flex-wrap gap-2" data-testid="privacy-request-totals">
        {SUBJECT_STATUSES.filter((subject) => totals[subject] > 0).map(
          (subject) => (
            <li key={subject}>
              <StatusBadge color={subjectColors[subject]}>
                {`${tCode(toSubjectWords(request.type), subject)}: ${number(totals[subject])}`}
              </StatusBadge>
            </li>
          )
        )}
      </ul>
    </section>
  )
}
