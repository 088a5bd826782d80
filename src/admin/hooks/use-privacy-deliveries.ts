import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { type DeliveryAction, toDeliveryPollInterval } from "../lib/delivery-view"
import { privacyQueryKeys } from "../lib/query-keys"
import {
  type DeliveryListResponse,
  type DeliveryResponse,
  type PrivacyDelivery,
} from "../lib/told-contract"

const path = "/admin/privacy-deliveries"

/** The list of deliveries; follows those that are tried soon. */
export const usePrivacyDeliveries = (listQuery: object) => {
  const { data, ...query } = useQuery({
    queryKey: privacyQueryKeys.deliveryList(listQuery),
    queryFn: () =>
      sdk.client.fetch<DeliveryListResponse>(path, { query: { ...listQuery } }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      toDeliveryPollInterval(state.data?.privacy_deliveries),
  })

  return {
    ...query,
    deliveries: data?.privacy_deliveries,
    destinations: data?.destinations,
    next: data?.next,
    estimate: data?.estimate_count,
  }
}

/** One delivery with the log of its tries. */
export const usePrivacyDelivery = (id: string) => {
  const { data, ...query } = useQuery({
    queryKey: privacyQueryKeys.delivery(id),
    queryFn: () => sdk.client.fetch<DeliveryResponse>(`${path}/${id}`),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      toDeliveryPollInterval(state.data && [state.data.privacy_delivery]),
  })

  return { ...query, delivery: data?.privacy_delivery }
}

export const useDeliveryAction = ({
  id,
  webhook_id,
}: Pick<PrivacyDelivery, "id" | "webhook_id">) => {
  const queryClient = useQueryClient()

  return useMutation({
    mutationFn: (action: DeliveryAction) =>
      sdk.client.fetch<DeliveryResponse>(
        action === "redeliver"
          ? `/admin/privacy-webhooks/${webhook_id}/deliveries/${id}/redeliver`
          : `${path}/${id}/${action}`,
        { method: "POST" }
      ),
    onSettled: () =>
      queryClient.invalidateQueries({
        queryKey: privacyQueryKeys.deliveries(),
      }),
  })
}
