import { toast } from "@medusajs/ui"
import { useErrorToast } from "./use-error-toast"
import { usePrivacyTranslation } from "./use-privacy-translation"
import { FileGoneError, useDownloadFile } from "./use-request-files"

/** Downloads an archive, and says so when it cannot be had. */
export const useDownloadAction = () => {
  const { t } = usePrivacyTranslation()
  const showError = useErrorToast()
  const { mutate, isPending, variables } = useDownloadFile()

  const download = (requestId: string, fileId: string, name: string) =>
    mutate(
      { requestId, fileId, name },
      {
        onError: (error) =>
          error instanceof FileGoneError
            ? toast.error(t("request.files.gone"))
            : showError(t("request.files.error"), error),
      }
    )

  return { download, downloading: isPending ? variables?.fileId : undefined }
}
