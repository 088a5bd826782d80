import { ArrowPath } from "@medusajs/icons"
import { IconButton, toast, Tooltip, usePrompt } from "@medusajs/ui"
import { useErrorToast } from "../../hooks/use-error-toast"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { useRetrySubject } from "../../hooks/use-privacy-requests"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { canRetrySubject } from "../../lib/request-actions"
import { type BulkRequest, type PrivacySubject } from "../../lib/request-contract"

interface SubjectRetryProps {
  request: Pick<BulkRequest, "id" | "type" | "status">
  subject: PrivacySubject
}

/** Takes one customer up again, while the others stay as they are. */
export const SubjectRetry = ({ request, subject }: SubjectRetryProps) => {
  const { t } = usePrivacyTranslation()
  const { can } = usePrivacyPermissions()
  const prompt = usePrompt()
  const showError = useErrorToast()
  const { mutate, isPending } = useRetrySubject(request.id, {
    onDone: () => {
      toast.success(t("request.toast.retrySubject"), {
        description: subject.identifier_redacted,
      })
    },
    onError: (error) => showError(t("request.subjects.retry"), error),
  })

  if (!canRetrySubject(request, subject, { can })) {
    return null
  }

  const handleClick = async () => {
    const name = subject.identifier_redacted
    // An extract takes nothing away.
    const agreed =
      request.type === "access" ||
      (await prompt({
        variant: "danger",
        title: t("widget.retry.title"),
        description: t("widget.retry.text", { name }),
        confirmText: t("request.subjects.retry"),
        cancelText: t("actions.cancel"),
      }))

    if (agreed) {
      mutate(subject.id)
    }
  }

  return (
    <Tooltip content={t("request.subjects.retry")}>
      <IconButton
        size="small"
        variant="transparent"
        type="button"
        data-testid="privacy-retry-subject"
        aria-label={t("request.subjects.retryLabel", {
          identifier: subject.identifier_redacted,
        })}
        isLoading={isPending}
        onClick={() => void handleClick()}
      >
        <ArrowPath />
      </IconButton>
    </Tooltip>
  )
}
