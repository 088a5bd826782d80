import { useQuery } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { type CustomerPrivacyResponse } from "../lib/contract"
import { toPollInterval } from "../lib/customer-view"
import { privacyQueryKeys } from "../lib/query-keys"

/** What the shop holds on a customer; follows a removal to its end by itself. */
export const useCustomerPrivacy = (customerId: string, enabled = true) => {
  const { data, ...query } = useQuery({
    queryKey: privacyQueryKeys.customer(customerId),
    queryFn: () =>
      sdk.client.fetch<CustomerPrivacyResponse>(
        `/admin/customers/${customerId}/privacy`
      ),
    enabled,
    // The numbers are what the officer decides on: never from an earlier visit.
    staleTime: 0,
    refetchInterval: ({ state }) =>
      toPollInterval(state.data?.customer_privacy),
  })

  return { ...query, privacy: data?.customer_privacy }
}
