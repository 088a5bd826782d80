import { Container } from "@medusajs/ui"
import { usePrivacyRequest } from "../../hooks/use-privacy-requests"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toRequestTimeline } from "../../lib/request-timeline"
import { LoadError } from "../common/load-error"
import { TableSkeleton } from "../common/table-skeleton"
import { PrivacyTimeline } from "../privacy-widget/privacy-timeline"
import { RequestFacts } from "./request-facts"
import { RequestSummary } from "./request-summary"
import { SubjectsTable } from "./subjects-table"

/** One request: how far it is, who is in it, and what is known about it. */
export const RequestPage = ({ id }: { id: string }) => {
  const { t } = usePrivacyTranslation()
  const { request, error, isFetching, refetch } = usePrivacyRequest(id)

  if (error && !request) {
    return (
      <LoadError
        error={error}
        isRetrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }

  if (!request) {
    return <TableSkeleton />
  }

  return (
    <div
      data-testid="privacy-request"
      className="flex w-full flex-col items-start gap-x-4 gap-y-3 xl:grid xl:grid-cols-[minmax(0,1fr)_400px]"
    >
      <div className="flex w-full min-w-0 flex-col gap-y-3">
        <RequestSummary request={request} isConnectionLost={Boolean(error)} />
        <SubjectsTable request={request} />
      </div>
      <div className="flex w-full flex-col gap-y-3">
        <RequestFacts request={request} />
        <Container className="p-0">
          <PrivacyTimeline
            title={t("request.timeline")}
            timeline={toRequestTimeline(request)}
          />
        </Container>
      </div>
    </div>
  )
}
