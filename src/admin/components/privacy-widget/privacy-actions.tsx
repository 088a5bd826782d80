import { Button, Text, toast } from "@medusajs/ui"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { useRetryRequest } from "../../hooks/use-retry-request"
import { type CustomerPrivacy } from "../../lib/contract"
import { type CustomerView } from "../../lib/customer-view"
import { toRequestError } from "../../lib/request-error"

interface PrivacyActionsProps {
  privacy: CustomerPrivacy
  view: CustomerView
  onAnonymize: () => void
}

/** The buttons below the summary, one row; more actions join it side by side. */
export const PrivacyActions = ({
  privacy,
  view,
  onAnonymize,
}: PrivacyActionsProps) => {
  const { t } = usePrivacyTranslation()
  const { can } = usePrivacyPermissions()

  const canRetry = view === "held" || view === "failed"
  const canAnonymize = view === "ready" || (view === "held" && can("override"))

  if (!canRetry && !canAnonymize) {
    return null
  }

  if (!can("erase")) {
    return (
      <div className="px-6 py-4">
        <Text size="small" className="text-ui-fg-muted">
          {t("widget.noErasePermission")}
        </Text>
      </div>
    )
  }

  return (
    <div className="flex flex-wrap items-center gap-2 px-6 py-4">
      {canRetry && privacy.active_request && (
        <RetryButton
          customerId={privacy.customer_id}
          requestId={privacy.active_request.id}
          label={t(view === "held" ? "actions.checkAgain" : "actions.retry")}
        />
      )}
      {canAnonymize && (
        <Button
          size="small"
          variant="danger"
          type="button"
          data-testid="privacy-anonymize"
          onClick={onAnonymize}
        >
          {t(view === "held" ? "actions.override" : "actions.anonymize")}
        </Button>
      )}
    </div>
  )
}

interface RetryButtonProps {
  customerId: string
  requestId: string
  label: string
}

const RetryButton = ({ customerId, requestId, label }: RetryButtonProps) => {
  const { t } = usePrivacyTranslation()
  const { mutate, isPending } = useRetryRequest(customerId)

  const handleClick = () =>
    mutate(requestId, {
      onSuccess: () => {
        toast.success(t("widget.toast.retried"))
      },
      onError: (error) => {
        const { kind, detail } = toRequestError(error)

        toast.error(label, { description: detail ?? t(`error.${kind}`) })
      },
    })

  return (
    <Button
      size="small"
      variant="secondary"
      type="button"
      data-testid="privacy-retry"
      isLoading={isPending}
      onClick={handleClick}
    >
      {label}
    </Button>
  )
}
