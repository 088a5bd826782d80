import { Button, Text, toast } from "@medusajs/ui"
import { useErrorToast } from "../../hooks/use-error-toast"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { useRetryRequest } from "../../hooks/use-retry-request"
import { type CustomerPrivacy } from "../../lib/contract"
import { type CustomerView, isExportable } from "../../lib/customer-view"
import { ArchiveNote, ExportAction } from "./export-action"

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
  const { can, hasAccessRequests } = usePrivacyPermissions()

  const canRetry = view === "held" || view === "failed"
  const canAnonymize = view === "ready" || (view === "held" && can("override"))
  const canErase = canRetry || canAnonymize
  const canExport =
    can("extract") && hasAccessRequests && isExportable(view)

  if (!canErase && !canExport) {
    return null
  }

  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex flex-wrap items-center gap-2 empty:hidden">
        {canExport && <ExportAction privacy={privacy} />}
        {can("erase") && canRetry && privacy.active_request && (
          <RetryButton
            customerId={privacy.customer_id}
            requestId={privacy.active_request.id}
            label={t(view === "held" ? "actions.checkAgain" : "actions.retry")}
          />
        )}
        {can("erase") && canAnonymize && (
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
      {canExport && privacy.archive && !privacy.active_extract && (
        <ArchiveNote archive={privacy.archive} />
      )}
      {canErase && !can("erase") && (
        <Text size="small" className="text-ui-fg-muted">
          {t("widget.noErasePermission")}
        </Text>
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
  const showError = useErrorToast()
  const { mutate, isPending } = useRetryRequest(customerId)

  const handleClick = () =>
    mutate(requestId, {
      onSuccess: () => {
        toast.success(t("widget.toast.retried"))
      },
      onError: (error) => showError(label, error),
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
