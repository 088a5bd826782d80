import { Text } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { useMe } from "../../hooks/use-officers"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import { countOpen } from "../../lib/request-view"

/** What the request waits for, or what is left to do. */
export const RequestNotice = ({ request }: { request: BulkRequest }) => {
  const text = useNotice(request)

  return text ? (
    <div role="status" className="px-6 py-4" data-testid="privacy-request-notice">
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {text}
      </Text>
      {request.status === "stopped" && request.error && (
        <Text
          size="small"
          className="text-ui-fg-error text-pretty break-words"
          data-testid="privacy-request-error"
        >
          {request.error}
        </Text>
      )}
    </div>
  ) : null
}

const useNotice = ({
  type,
  status,
  totals,
  requested_by,
  scheduled_for,
  yields_to_shop,
}: BulkRequest) => {
  const { t } = usePrivacyTranslation()
  const { dateTime, number } = useFormat()
  const me = useMe()

  switch (status) {
    case "awaiting_approval":
      return t(
        me && me.id === requested_by
          ? "request.notice.ownApproval"
          : "request.notice.awaiting_approval"
      )
    case "scheduled":
      return scheduled_for
        ? t("request.notice.scheduled", { date: dateTime(scheduled_for) })
        : t("request.notice.scheduledSoon")
    case "in_progress":
      return yields_to_shop ? t("request.notice.yields") : undefined
    case "stopped":
      return t(
        type === "access"
          ? "request.notice.extract.stopped"
          : "request.notice.stopped"
      )
    case "canceled":
      return t("request.notice.canceled")
    case "complete":
    case "failed": {
      const open = countOpen(totals)

      return open
        ? t(
            type === "access"
              ? "request.notice.extract.open"
              : "request.notice.open",
            { count: open, total: number(open) }
          )
        : undefined
    }
    default:
      return undefined
  }
}
