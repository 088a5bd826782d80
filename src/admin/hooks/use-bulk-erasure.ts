import { useMutation, useQueryClient } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { toErasureBody } from "../lib/erasure-body"
import { privacyQueryKeys } from "../lib/query-keys"
import {
  type BulkErasureInput,
  type BulkRequestResponse,
  type ErasurePlanInput,
  type ErasurePreviewResponse,
} from "../lib/request-contract"
import { saveBlob } from "../lib/save-blob"

const PREVIEW = "/admin/privacy-requests/preview"

/** With a form, the browser itself names the type and the boundary. */
const headersFor = (body: object) =>
  body instanceof FormData ? { "content-type": null } : undefined

/** Finds out whom a list means, before anything runs. */
export const useErasurePreview = () =>
  useMutation({
    mutationFn: async (input: ErasurePlanInput) => {
      const body = toErasureBody(input)
      const { preview } = await sdk.client.fetch<ErasurePreviewResponse>(
        PREVIEW,
        { method: "POST", body, headers: headersFor(body) }
      )

      return preview
    },
  })

/** Saves every line that did not match, not only those on the screen. */
export const useUnmatchedDownload = () =>
  useMutation({
    mutationFn: async (input: ErasurePlanInput) => {
      const body = toErasureBody(input)
      const response = await sdk.client.fetch<Response>(PREVIEW, {
        method: "POST",
        body,
        headers: { ...headersFor(body), accept: "text/csv" },
      })

      saveBlob(await response.blob(), "unmatched.csv")
    },
  })

/** Files the request that was confirmed. */
export const useBulkErasure = () => {
  const queryClient = useQueryClient()

  return useMutation({
    mutationFn: (input: BulkErasureInput) => {
      const body = toErasureBody(input)

      return sdk.client.fetch<BulkRequestResponse>(
        body instanceof FormData
          ? "/admin/privacy-requests/upload"
          : "/admin/privacy-requests",
        { method: "POST", body, headers: headersFor(body) }
      )
    },
    onSettled: () =>
      queryClient.invalidateQueries({ queryKey: privacyQueryKeys.requests() }),
  })
}
