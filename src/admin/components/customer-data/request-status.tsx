import { StatusBadge } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import { toStatusView } from "../../lib/request-view"

export const RequestStatus = ({ request }: { request: BulkRequest }) => {
  const { tCode } = usePrivacyTranslation()
  const { code, color } = toStatusView(request)

  return (
    <StatusBadge
      color={color}
      data-testid="privacy-request-status"
      data-status={request.status}
      className="whitespace-nowrap"
    >
      {tCode("requestStatuses", code)}
    </StatusBadge>
  )
}
