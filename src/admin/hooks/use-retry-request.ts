import { useMutation, useQueryClient } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { type PrivacyRequestResponse } from "../lib/contract"
import { privacyQueryKeys } from "../lib/query-keys"

/** Queues the held and failed subjects of a request again. */
export const useRetryRequest = (customerId: string) => {
  const queryClient = useQueryClient()

  return useMutation({
    mutationFn: (requestId: string) =>
      sdk.client.fetch<PrivacyRequestResponse>(
        `/admin/privacy-requests/${requestId}/retry`,
        { method: "POST" }
      ),
    onSettled: () =>
      queryClient.invalidateQueries({
        queryKey: privacyQueryKeys.customer(customerId),
      }),
  })
}
