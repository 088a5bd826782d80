import { useMutation, useQueryClient } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import {
  type CustomerPrivacyResponse,
  type ExtractFormat,
  type PrivacyRequestResponse,
} from "../lib/contract"
import { privacyQueryKeys } from "../lib/query-keys"
import { useLanguageHeader } from "./use-language-header"

/** Has an archive of one customer made in the background. */
export const useExportCustomer = (customerId: string) => {
  const queryClient = useQueryClient()
  const queryKey = privacyQueryKeys.customer(customerId)
  const headers = useLanguageHeader()

  return useMutation({
    mutationFn: (format: ExtractFormat) =>
      sdk.client.fetch<PrivacyRequestResponse>(
        `/admin/customers/${customerId}/extract`,
        { method: "POST", body: { format }, headers }
      ),
    onSuccess: async ({ privacy_request: { id, status } }) => {
      // An answer that left the server before the request was filed must not overwrite "under way".
      await queryClient.cancelQueries({ queryKey })

      queryClient.setQueryData<CustomerPrivacyResponse>(
        queryKey,
        (data) =>
          data && {
            customer_privacy: {
              ...data.customer_privacy,
              active_extract: { id, status },
            },
          }
      )
    },
    onError: () => queryClient.invalidateQueries({ queryKey }),
  })
}
