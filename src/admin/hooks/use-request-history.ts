import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { privacyQueryKeys } from "../lib/query-keys"
import {
  type BulkRequest,
  type RequestHistoryResponse,
} from "../lib/request-contract"

/** Who did what to a request; read again whenever the request says that something changed. */
export const useRequestHistory = ({
  id,
  status,
  totals,
  due_at,
  files,
}: BulkRequest) => {
  // The number of those who wait changes with every chunk, and says nothing about who did what.
  const revision = JSON.stringify([status, totals.held, totals.failed, due_at, files])

  const { data, ...rest } = useQuery({
    queryKey: privacyQueryKeys.history(id, revision),
    queryFn: () =>
      sdk.client.fetch<RequestHistoryResponse>(
        `/admin/privacy-requests/${id}/history`
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: true,
  })

  return { ...rest, history: data?.history }
}
