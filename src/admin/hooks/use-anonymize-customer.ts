import { useMutation, useQueryClient } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import {
  type AnonymizeCustomerBody,
  type CustomerPrivacyResponse,
  type PrivacyRequestResponse,
} from "../lib/contract"
import { privacyQueryKeys } from "../lib/query-keys"
import { useLanguageHeader } from "./use-language-header"

export const useAnonymizeCustomer = (customerId: string) => {
  const queryClient = useQueryClient()
  const queryKey = privacyQueryKeys.customer(customerId)
  const headers = useLanguageHeader()

  return useMutation({
    mutationFn: (body: AnonymizeCustomerBody) =>
      sdk.client.fetch<PrivacyRequestResponse>(
        `/admin/customers/${customerId}/anonymize`,
        { method: "POST", body, headers }
      ),
    onSuccess: async ({ privacy_request }) => {
      // An answer that left the server before the request was filed must not overwrite "running".
      await queryClient.cancelQueries({ queryKey })

      queryClient.setQueryData<CustomerPrivacyResponse>(queryKey, (data) =>
        data && {
          customer_privacy: {
            ...data.customer_privacy,
            status: "running",
            active_request: privacy_request,
          },
        }
      )
    },
    // Whatever went wrong, the widget behind the dialog must show how it really stands.
    onError: () => queryClient.invalidateQueries({ queryKey }),
  })
}
