import { ExclamationCircle } from "@medusajs/icons"
import { clx } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import { toDueState } from "../../lib/request-view"

/** When a request must be done, with a warning while it is open and the day is close. */
export const DueDate = ({ request }: { request: BulkRequest }) => {
  const { t } = usePrivacyTranslation()
  const { date, dateTime } = useFormat()
  const state = toDueState(request)

  if (!request.due_at) {
    return <>{t("request.facts.none")}</>
  }

  const isUrgent = state === "near" || state === "over"

  return (
    <span
      data-testid="privacy-due"
      data-due={state}
      className={clx("flex items-center gap-x-1.5 whitespace-nowrap", {
        "text-ui-tag-orange-text": state === "near",
        "text-ui-tag-red-text": state === "over",
      })}
    >
      {isUrgent && <ExclamationCircle aria-hidden className="shrink-0" />}
      <time dateTime={request.due_at} title={dateTime(request.due_at)}>
        {date(request.due_at)}
      </time>
      {isUrgent && <span className="sr-only">{t(`customerData.due.${state}`)}</span>}
    </span>
  )
}
