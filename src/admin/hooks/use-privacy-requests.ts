import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { privacyQueryKeys } from "../lib/query-keys"
import { type RequestAction } from "../lib/request-actions"
import {
  type BulkRequestListResponse,
  type BulkRequestResponse,
} from "../lib/request-contract"
import {
  toRequestPagePollInterval,
  toRequestPollInterval,
} from "../lib/request-view"
import { useLanguageHeader } from "./use-language-header"

/** The list of requests; follows those that run to their end. */
export const usePrivacyRequests = (query: object) => {
  const { data, ...rest } = useQuery({
    queryKey: privacyQueryKeys.requestList(query),
    queryFn: () =>
      sdk.client.fetch<BulkRequestListResponse>("/admin/privacy-requests", {
        query: { ...query },
      }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) =>
      toRequestPollInterval(state.data?.privacy_requests),
  })

  return { ...rest, requests: data?.privacy_requests, count: data?.count }
}

/** One request; follows it to its end. */
export const usePrivacyRequest = (id: string, enabled = true) => {
  const { data, ...rest } = useQuery({
    queryKey: privacyQueryKeys.request(id),
    queryFn: () =>
      sdk.client.fetch<BulkRequestResponse>(`/admin/privacy-requests/${id}`),
    enabled,
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) =>
      toRequestPagePollInterval(state.data?.privacy_request),
  })

  return { ...rest, request: data?.privacy_request }
}

/** Told even when what asked for the change is not on the screen any more, as a row that has left its filter. */
interface ChangeOutcome<Input> {
  onDone?: (input: Input) => void
  onError?: (error: unknown) => void
}

/** One request's answer to a change; what the page shows follows at once. */
const useRequestChange = <Input>(
  id: string,
  change: (input: Input) => Promise<BulkRequestResponse>,
  { onDone, onError }: ChangeOutcome<Input> = {}
) => {
  const queryClient = useQueryClient()

  return useMutation({
    mutationFn: change,
    onSuccess: async (data, input) => {
      onDone?.(input)
      // An answer that left the server before the change must not overwrite it.
      await queryClient.cancelQueries({ queryKey: privacyQueryKeys.request(id) })
      queryClient.setQueryData(privacyQueryKeys.request(id), data)
    },
    onError,
    // A refused action means that the page shows an old state.
    onSettled: () =>
      queryClient.invalidateQueries({ queryKey: privacyQueryKeys.requests() }),
  })
}

const post = (
  path: string,
  body?: object,
  headers?: Record<string, string>
) =>
  sdk.client.fetch<BulkRequestResponse>(`/admin/privacy-requests/${path}`, {
    method: "POST",
    body,
    headers,
  })

interface RequestActionInput {
  action: Exclude<RequestAction, "extend">
  /** How many subjects the officer was told that it takes; the server refuses another number. */
  confirm?: number
}

export const useRequestAction = (id: string) =>
  useRequestChange(
    id,
    ({ action, confirm }: RequestActionInput) =>
      post(`${id}/${action}`, confirm === undefined ? undefined : { confirm })
  )

/** Puts the due date off by two months. */
export const useExtendRequest = (id: string) =>
  useRequestChange(id, (reason: string) => post(`${id}/extend`, { reason }))

/** Has one held or failed customer tried again. */
export const useRetrySubject = (id: string, outcome: ChangeOutcome<string>) =>
  useRequestChange(
    id,
    (subjectId: string) => post(`${id}/subjects/${subjectId}/retry`),
    outcome
  )

/** Files a new extract over the customers of this one. */
export const useRepeatRequest = (id: string) => {
  const queryClient = useQueryClient()
  const headers = useLanguageHeader()

  return useMutation({
    mutationFn: () => post(`${id}/repeat`, undefined, headers),
    onSettled: () =>
      queryClient.invalidateQueries({ queryKey: privacyQueryKeys.requests() }),
  })
}
