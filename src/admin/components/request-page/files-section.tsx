import { ArrowPath } from "@medusajs/icons"
import { Button, Container, Heading, Skeleton, Text, toast } from "@medusajs/ui"
import { useNavigate } from "react-router-dom"
import { useErrorToast } from "../../hooks/use-error-toast"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { useRepeatRequest } from "../../hooks/use-privacy-requests"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { useRequestFiles } from "../../hooks/use-request-files"
import { type BulkRequest } from "../../lib/request-contract"
import { canRepeat, findNoFilesReason } from "../../lib/request-files"
import { ErrorState } from "../common/error-state"
import { FileRow } from "./file-row"

/** The archives of an access request. Only for whoever may extract. */
export const FilesSection = ({ request }: { request: BulkRequest }) => {
  const { t } = usePrivacyTranslation()
  const { can } = usePrivacyPermissions()
  const canExtract = can("extract")
  const { files, error, isFetching, refetch } = useRequestFiles(
    request,
    canExtract
  )

  if (!canExtract) {
    return null
  }

  const reason = files && findNoFilesReason(request, files)

  return (
    <Container className="divide-y p-0" data-testid="privacy-files">
      <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
        <div>
          <Heading level="h2">{t("request.files.title")}</Heading>
          <Text size="small" className="text-ui-fg-subtle">
            {t("request.files.description")}
          </Text>
        </div>
        {files && canRepeat(request, files) && <RepeatButton request={request} />}
      </div>
      {!files && error && (
        <ErrorState
          title={t("request.files.loadError")}
          error={error}
          isRetrying={isFetching}
          onRetry={() => void refetch()}
        />
      )}
      {!files && !error && (
        <div className="px-6 py-4" aria-busy="true">
          <Skeleton className="h-10 w-full" />
        </div>
      )}
      {reason && (
        <div
          className="flex flex-col gap-y-1 px-6 py-4"
          role="status"
          data-testid="privacy-no-files"
          data-reason={reason}
        >
          <Text size="small" leading="compact" weight="plus">
            {t("request.files.empty")}
          </Text>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t(`request.files.${reason}`)}
          </Text>
        </div>
      )}
      {files && files.length > 0 && (
        <ul className="divide-y">
          {files.map((file) => (
            <FileRow key={file.id} file={file} />
          ))}
        </ul>
      )}
    </Container>
  )
}

const RepeatButton = ({ request }: { request: BulkRequest }) => {
  const { t } = usePrivacyTranslation()
  const navigate = useNavigate()
  const showError = useErrorToast()
  const { mutate, isPending } = useRepeatRequest(request.id)

  const repeat = () =>
    mutate(undefined, {
      onSuccess: ({ privacy_request }) => {
        toast.success(
          t("request.toast.again", { reference: privacy_request.reference })
        )
        void navigate(`/customer-data/${privacy_request.id}`)
      },
      onError: (error) => showError(t("request.actions.again"), error),
    })

  return (
    <Button
      size="small"
      variant="secondary"
      type="button"
      data-testid="privacy-repeat"
      isLoading={isPending}
      onClick={repeat}
    >
      <ArrowPath />
      {t("request.actions.again")}
    </Button>
  )
}
