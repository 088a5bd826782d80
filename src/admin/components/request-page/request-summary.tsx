import { Button, Container, Heading, Text } from "@medusajs/ui"
import { useState } from "react"
import { useRequestActions } from "../../hooks/use-request-actions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import { ExtendDialog } from "../customer-data/extend-dialog"
import { RequestStatus } from "../customer-data/request-status"
import { RequestNotice } from "./request-notice"
import { RequestTotals } from "./request-totals"

interface RequestSummaryProps {
  request: BulkRequest
  isConnectionLost: boolean
}

/** The head of the page: what it is, how it stands, what can be done. */
export const RequestSummary = ({
  request,
  isConnectionLost,
}: RequestSummaryProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <Container className="divide-y p-0">
      <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <Heading>{request.reference}</Heading>
          <RequestStatus request={request} />
        </div>
        <RequestButtons request={request} />
      </div>
      <RequestTotals request={request} />
      <RequestNotice request={request} />
      {isConnectionLost && (
        <div role="status" className="px-6 py-4">
          <Text size="small" className="text-ui-fg-muted">
            {t("customerData.connectionLost")}
          </Text>
        </div>
      )}
    </Container>
  )
}

const RequestButtons = ({ request }: { request: BulkRequest }) => {
  const [isExtending, setIsExtending] = useState(false)
  const { items, running } = useRequestActions(request, () =>
    setIsExtending(true)
  )

  return items.length ? (
    <div className="flex flex-wrap items-center gap-2">
      <ExtendDialog
        request={request}
        open={isExtending}
        onOpenChange={setIsExtending}
      />
      {items.map(({ action, icon, label, run }) => (
        <Button
          key={action}
          size="small"
          type="button"
          variant={action === "approve" ? "danger" : "secondary"}
          data-testid={`privacy-request-${action}`}
          isLoading={running === action}
          disabled={Boolean(running)}
          onClick={() => void run()}
        >
          {icon}
          {label}
        </Button>
      ))}
    </div>
  ) : null
}
