import { useMutation, useQueryClient } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { type Hold, type PrivacyRequestResponse } from "../lib/contract"
import { privacyQueryKeys } from "../lib/query-keys"

interface OwnSubject {
  requestId: string
  subjectId: string
}

/** One customer's part of a request: the other customers of the request stay as they are. */
const useOwnSubject = <Answer>(customerId: string, action: "retry" | "check") => {
  const queryClient = useQueryClient()

  return useMutation({
    mutationFn: ({ requestId, subjectId }: OwnSubject) =>
      sdk.client.fetch<Answer>(
        `/admin/privacy-requests/${requestId}/subjects/${subjectId}/${action}`,
        { method: "POST" }
      ),
    onSettled: () =>
      queryClient.invalidateQueries({
        queryKey: privacyQueryKeys.customer(customerId),
      }),
  })
}

/** Has this customer alone tried again. */
export const useRetryOwnSubject = (customerId: string) =>
  useOwnSubject<PrivacyRequestResponse>(customerId, "retry")

/** Looks at the holds of this customer, and changes nothing else. */
export const useCheckOwnSubject = (customerId: string) =>
  useOwnSubject<PrivacyRequestResponse & { holds: Hold[] }>(customerId, "check")
