import { useMutation, useQueryClient } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { toRequestBody } from "../lib/request-body"
import { privacyQueryKeys } from "../lib/query-keys"
import {
  type BulkRequestInput,
  type BulkRequestResponse,
  type PlanInput,
  type RequestPreviewResponse,
} from "../lib/request-contract"
import { saveBlob } from "../lib/save-blob"
import { useLanguageHeader } from "./use-language-header"

const PREVIEW = "/admin/privacy-requests/preview"

/** With a form, the browser itself names the type and the boundary. */
const headersFor = (body: object) =>
  body instanceof FormData ? { "content-type": null } : undefined

/** Finds out whom a list means, before anything runs. */
export const useRequestPreview = () =>
  useMutation({
    mutationFn: async (input: PlanInput) => {
      const body = toRequestBody(input)
      const { preview } = await sdk.client.fetch<RequestPreviewResponse>(
        PREVIEW,
        { method: "POST", body, headers: headersFor(body) }
      )

      return preview
    },
  })

/** Saves every line that did not match, not only those on the screen. */
export const useUnmatchedDownload = () =>
  useMutation({
    mutationFn: async (input: PlanInput) => {
      const body = toRequestBody(input)
      const response = await sdk.client.fetch<Response>(PREVIEW, {
        method: "POST",
        body,
        headers: { ...headersFor(body), accept: "text/csv" },
      })

      saveBlob(await response.blob(), "unmatched.csv")
    },
  })

/** Files the request that was confirmed. */
export const useBulkRequest = () => {
  const queryClient = useQueryClient()
  const languageHeader = useLanguageHeader()

  return useMutation({
    mutationFn: (input: BulkRequestInput) => {
      const body = toRequestBody(input)

      return sdk.client.fetch<BulkRequestResponse>(
        body instanceof FormData
          ? "/admin/privacy-requests/upload"
          : "/admin/privacy-requests",
        {
          method: "POST",
          body,
          headers: { ...headersFor(body), ...languageHeader },
        }
      )
    },
    onSettled: () =>
      queryClient.invalidateQueries({ queryKey: privacyQueryKeys.requests() }),
  })
}
