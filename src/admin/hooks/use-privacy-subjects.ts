import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { privacyQueryKeys } from "../lib/query-keys"
import { type BulkRequest, type SubjectListResponse } from "../lib/request-contract"

/** The subjects of a request, read again whenever the request says that something changed. */
export const usePrivacySubjects = (
  { id, status, totals }: Pick<BulkRequest, "id" | "status" | "totals">,
  query: object
) => {
  const { data, ...rest } = useQuery({
    queryKey: privacyQueryKeys.subjectList(
      id,
      query,
      JSON.stringify([status, totals])
    ),
    queryFn: () =>
      sdk.client.fetch<SubjectListResponse>(
        `/admin/privacy-requests/${id}/subjects`,
        { query: { ...query } }
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
    // Every step of a running request is a key of its own; none is worth keeping.
    gcTime: 0,
  })

  return { ...rest, subjects: data?.subjects, count: data?.count }
}
