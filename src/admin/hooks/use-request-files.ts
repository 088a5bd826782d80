import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { hasSessionLogin, sdk, toBackendUrl } from "../lib/client"
import { privacyQueryKeys } from "../lib/query-keys"
import {
  type BulkRequest,
  type RequestFilesResponse,
} from "../lib/request-contract"
import { isReady, toFilesPollInterval } from "../lib/request-files"
import { saveBlob, saveFrom } from "../lib/save-blob"

const fetchFiles = (requestId: string) =>
  sdk.client.fetch<RequestFilesResponse>(
    `/admin/privacy-requests/${requestId}/files`
  )

/** The archives of an access request; read again whenever the request says that something changed, and when one expires. */
export const useRequestFiles = (
  { id, status, files }: Pick<BulkRequest, "id" | "status" | "files">,
  enabled: boolean
) => {
  const { data, ...rest } = useQuery({
    queryKey: privacyQueryKeys.files(id, JSON.stringify([status, files])),
    queryFn: () => fetchFiles(id),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) => toFilesPollInterval(state.data?.files),
  })

  return { ...rest, files: data?.files }
}

/** A file that was there a moment ago. */
export class FileGoneError extends Error {}

// The server writes a download down when it begins; the history shows it a moment later.
const RECORDED_AFTER = 1_500

interface Download {
  requestId: string
  fileId: string
  name: string
}

/**
 * Saves an archive. Where the login is a session, the browser fetches the file itself, so that its size does not matter; with a token the
 * page has to fetch it.
 */
export const useDownloadFile = () => {
  const queryClient = useQueryClient()

  return useMutation({
    mutationFn: async ({ requestId, fileId, name }: Download) => {
      const { files } = await fetchFiles(requestId)

      // A link cannot say why there is nothing behind it.
      if (!files.some((file) => file.id === fileId && isReady(file))) {
        throw new FileGoneError()
      }

      const path = `/admin/privacy-requests/${requestId}/files/${fileId}/download`

      if (hasSessionLogin) {
        saveFrom(toBackendUrl(path), name)
        return
      }

      const response = await sdk.client.fetch<Response>(path, {
        headers: { accept: "application/zip" },
      })

      saveBlob(await response.blob(), name)
    },
    onError: () => queryClient.invalidateQueries({ queryKey: privacyQueryKeys.all() }),
    onSuccess: () => {
      setTimeout(
        () => void queryClient.invalidateQueries({ queryKey: privacyQueryKeys.all() }),
        RECORDED_AFTER
      )
    },
  })
}
