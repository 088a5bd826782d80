import { Button, Text, toast, usePrompt } from "@medusajs/ui"
import { RETRY_SUBJECT_FROM } from "../../../modules/privacy/requests/transitions"
import { useErrorToast } from "../../hooks/use-error-toast"
import {
  useCheckOwnSubject,
  useRetryOwnSubject,
} from "../../hooks/use-own-subject"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type CustomerPrivacy } from "../../lib/contract"
import { type CustomerView, isExportable } from "../../lib/customer-view"
import { ArchiveNote, ExportAction } from "./export-action"

interface PrivacyActionsProps {
  privacy: CustomerPrivacy
  view: CustomerView
  email: string | null
  onAnonymize: () => void
}

/** The buttons below the summary, one row; more actions join it side by side. */
export const PrivacyActions = ({
  privacy,
  view,
  email,
  onAnonymize,
}: PrivacyActionsProps) => {
  const { t } = usePrivacyTranslation()
  const { can, hasAccessRequests } = usePrivacyPermissions()

  const { active_request, active_subject } = privacy
  const own =
    active_request &&
    active_subject &&
    RETRY_SUBJECT_FROM.includes(active_request.status)
      ? { requestId: active_request.id, subjectId: active_subject.id }
      : undefined
  const isBlocked = privacy.holds.some(({ severity }) => severity === "block")
  const canCheck = Boolean(own) && view === "held"
  const canRetry =
    Boolean(own) && (view === "failed" || (view === "held" && !isBlocked))
  const canAnonymize = view === "ready" || (view === "held" && can("override"))
  const canErase = canRetry || canAnonymize
  const isOpen = view === "held" || view === "failed"
  const canExport =
    can("extract") && hasAccessRequests && isExportable(view)

  if (!canErase && !canCheck && !canExport) {
    return null
  }

  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex flex-wrap items-center gap-2 empty:hidden">
        {canExport && <ExportAction privacy={privacy} />}
        {canCheck && own && (
          <CheckButton customerId={privacy.customer_id} own={own} />
        )}
        {can("erase") && canRetry && own && (
          <RetryButton
            customerId={privacy.customer_id}
            own={own}
            name={email?.trim() || privacy.customer_id}
            label={t(view === "held" ? "actions.removeNow" : "actions.retry")}
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
      {(canErase || isOpen) && !can("erase") && (
        <Text size="small" className="text-ui-fg-muted">
          {t("widget.noErasePermission")}
        </Text>
      )}
    </div>
  )
}

interface OwnSubject {
  requestId: string
  subjectId: string
}

/** Looks at the holds, and changes nothing else. */
const CheckButton = ({
  customerId,
  own,
}: {
  customerId: string
  own: OwnSubject
}) => {
  const { t } = usePrivacyTranslation()
  const showError = useErrorToast()
  const { mutate, isPending } = useCheckOwnSubject(customerId)

  const handleClick = () =>
    mutate(own, {
      onSuccess: ({ holds }) => {
        const count = holds.filter(({ severity }) => severity === "block").length

        toast.info(t("widget.toast.checked"), {
          description: count
            ? t("widget.toast.checkedHeld", { count })
            : t("widget.toast.checkedFree"),
        })
      },
      onError: (error) => showError(t("actions.checkAgain"), error),
    })

  return (
    <Button
      size="small"
      variant="secondary"
      type="button"
      data-testid="privacy-check"
      isLoading={isPending}
      onClick={handleClick}
    >
      {t("actions.checkAgain")}
    </Button>
  )
}

interface RetryButtonProps {
  customerId: string
  own: OwnSubject
  /** Whom the question names. */
  name: string
  label: string
}

/** Has this customer alone tried again, after a question that names the customer. */
const RetryButton = ({ customerId, own, name, label }: RetryButtonProps) => {
  const { t } = usePrivacyTranslation()
  const prompt = usePrompt()
  const showError = useErrorToast()
  const { mutate, isPending } = useRetryOwnSubject(customerId)

  const handleClick = async () => {
    const agreed = await prompt({
      variant: "danger",
      title: t("widget.retry.title"),
      description: t("widget.retry.text", { name }),
      confirmText: label,
      cancelText: t("actions.cancel"),
    })

    if (!agreed) {
      return
    }

    mutate(own, {
      onSuccess: () => {
        toast.success(t("widget.toast.retried"))
      },
      onError: (error) => showError(label, error),
    })
  }

  return (
    <Button
      size="small"
      variant="secondary"
      type="button"
      data-testid="privacy-retry"
      isLoading={isPending}
      onClick={() => void handleClick()}
    >
      {label}
    </Button>
  )
}
