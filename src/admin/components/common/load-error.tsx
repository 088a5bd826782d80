import { Container } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toRequestError } from "../../lib/request-error"
import { ErrorState } from "./error-state"
import { NoPermission } from "./no-permission"

interface LoadErrorProps {
  error: unknown
  isRetrying: boolean
  onRetry: () => void
}

/** In place of a page whose data did not come. */
export const LoadError = ({ error, isRetrying, onRetry }: LoadErrorProps) => {
  const { t } = usePrivacyTranslation()

  if (toRequestError(error).kind === "forbidden") {
    return <NoPermission needed="view" />
  }

  return (
    <Container className="p-0">
      <ErrorState
        title={t("settings.loadError")}
        error={error}
        isRetrying={isRetrying}
        onRetry={onRetry}
      />
    </Container>
  )
}
