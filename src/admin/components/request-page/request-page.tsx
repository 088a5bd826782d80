import { usePrivacyRequest } from "../../hooks/use-privacy-requests"
import { LoadError } from "../common/load-error"
import { TableSkeleton } from "../common/table-skeleton"
import { FilesSection } from "./files-section"
import { RequestFacts } from "./request-facts"
import { RequestHistory } from "./request-history"
import { RequestSummary } from "./request-summary"
import { SubjectsTable } from "./subjects-table"

/** One request: how far it is, who is in it, and what is known about it. */
export const RequestPage = ({ id }: { id: string }) => {
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
        {request.type === "access" && <FilesSection request={request} />}
        <SubjectsTable request={request} />
      </div>
      <div className="flex w-full flex-col gap-y-3">
        <RequestFacts request={request} />
        <RequestHistory request={request} />
      </div>
    </div>
  )
}
