import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { privacyQueryKeys } from "../lib/query-keys"
import {
  type WebhookBody,
  type WebhookListResponse,
  type WebhookResponse,
  type WebhookSecretResponse,
} from "../lib/told-contract"

const path = "/admin/privacy-webhooks"

export const usePrivacyWebhooks = (listQuery: {
  limit: number
  offset: number
}) => {
  const { data, ...query } = useQuery({
    queryKey: privacyQueryKeys.webhookList(listQuery),
    queryFn: () =>
      sdk.client.fetch<WebhookListResponse>(path, { query: { ...listQuery } }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })

  return { ...query, webhooks: data?.privacy_webhooks, count: data?.count }
}

/** One webhook; without an id there is nothing to read. */
export const usePrivacyWebhook = (id = "") => {
  const { data, ...query } = useQuery({
    queryKey: privacyQueryKeys.webhook(id),
    enabled: Boolean(id),
    queryFn: () => sdk.client.fetch<WebhookResponse>(`${path}/${id}`),
    staleTime: 0,
    gcTime: 0,
  })

  return { ...query, webhook: data?.privacy_webhook }
}

const useRefreshWebhooks = () => {
  const queryClient = useQueryClient()

  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: privacyQueryKeys.webhooks() }),
      queryClient.invalidateQueries({
        queryKey: privacyQueryKeys.deliveries(),
      }),
    ])
}

/** Makes a webhook, whose answer carries the secret, or changes the one with the given id. */
export const useSavePrivacyWebhook = (id?: string) => {
  const refresh = useRefreshWebhooks()

  return useMutation({
    mutationFn: (body: WebhookBody) =>
      sdk.client.fetch<WebhookResponse & { secret?: string }>(
        id ? `${path}/${id}` : path,
        { method: "POST", body }
      ),
    onSuccess: refresh,
  })
}

export const useRotateWebhookSecret = (id: string) => {
  const refresh = useRefreshWebhooks()

  return useMutation({
    mutationFn: () =>
      sdk.client.fetch<WebhookSecretResponse>(`${path}/${id}/rotate-secret`, {
        method: "POST",
      }),
    onSuccess: refresh,
  })
}

export const useTestWebhook = (id: string) => {
  const refresh = useRefreshWebhooks()

  return useMutation({
    mutationFn: () =>
      sdk.client.fetch<WebhookResponse>(`${path}/${id}/send-test`, {
        method: "POST",
      }),
    onSuccess: refresh,
  })
}

export const useDeletePrivacyWebhook = (id: string) => {
  const refresh = useRefreshWebhooks()

  return useMutation({
    mutationFn: () => sdk.client.fetch(`${path}/${id}`, { method: "DELETE" }),
    onSuccess: refresh,
  })
}
