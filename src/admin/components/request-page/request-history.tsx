import { Container } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { useRequestHistory } from "../../hooks/use-request-history"
import { type BulkRequest } from "../../lib/request-contract"
import { ErrorState } from "../common/error-state"
import { PrivacyTimeline } from "../privacy-widget/privacy-timeline"

/** Who did what to the request, and when. */
export const RequestHistory = ({ request }: { request: BulkRequest }) => {
  const { t } = usePrivacyTranslation()
  const { history, error, isFetching, refetch } = useRequestHistory(request)

  if (!history && !error) {
    return null
  }

  return (
    <Container className="p-0" data-testid="privacy-request-history">
      {history ? (
        <PrivacyTimeline title={t("request.timeline")} timeline={history} />
      ) : (
        <ErrorState
          title={t("settings.loadError")}
          error={error}
          isRetrying={isFetching}
          onRetry={() => void refetch()}
        />
      )}
    </Container>
  )
}
