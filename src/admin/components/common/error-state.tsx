import { ExclamationCircle } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toRequestError } from "../../lib/request-error"

interface ErrorStateProps {
  title: string
  error: unknown
  onRetry: () => void
  isRetrying?: boolean
}

/** What could not be loaded, why, and a way to try again. */
export const ErrorState = ({
  title,
  error,
  onRetry,
  isRetrying,
}: ErrorStateProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <div
      role="alert"
      className="flex flex-col items-center gap-y-4 px-6 py-8 text-center"
    >
      <ExclamationCircle className="text-ui-fg-subtle" />
      <div className="flex flex-col gap-y-1">
        <Text size="small" leading="compact" weight="plus">
          {title}
        </Text>
        <Text size="small" className="text-ui-fg-muted text-pretty">
          {t(`error.${toRequestError(error).kind}`)}
        </Text>
      </div>
      <Button
        size="small"
        variant="secondary"
        type="button"
        isLoading={isRetrying}
        onClick={onRetry}
      >
        {t("actions.retry")}
      </Button>
    </div>
  )
}
