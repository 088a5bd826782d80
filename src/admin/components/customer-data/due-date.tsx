import { StatusBadge } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import { toDueState } from "../../lib/request-view"

/** When a request must be done, with a badge while it is open and the day is close or past. */
export const DueDate = ({ request }: { request: BulkRequest }) => {
  const { t } = usePrivacyTranslation()
  const { date, dateTime } = useFormat()
  const { dueReminderDays } = usePrivacyPermissions()
  const state = toDueState(request, dueReminderDays)

  if (!request.due_at) {
    return <>{t("request.facts.none")}</>
  }

  return (
    <span
      data-testid="privacy-due"
      data-due={state}
      className="flex items-center gap-x-2 whitespace-nowrap"
    >
      <time dateTime={request.due_at} title={dateTime(request.due_at)}>
        {date(request.due_at)}
      </time>
      {(state === "near" || state === "over") && (
        <StatusBadge color={state === "over" ? "red" : "orange"}>
          {t(`customerData.due.${state}`)}
        </StatusBadge>
      )}
    </span>
  )
}
