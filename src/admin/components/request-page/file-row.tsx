import { ArrowDownTray, DocumentText } from "@medusajs/icons"
import { Button, StatusBadge, Text } from "@medusajs/ui"
import { useDownloadAction } from "../../hooks/use-download-action"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestFile } from "../../lib/request-contract"
import { isReady } from "../../lib/request-files"
import { Disclosure } from "../common/disclosure"
import { ActorName } from "../privacy-widget/actor-name"

/** One archive: what it is, until when it can be had, and who has had it. */
export const FileRow = ({ file }: { file: RequestFile }) => {
  const { t } = usePrivacyTranslation()
  const { bytes, dateTime, number } = useFormat()
  const { download, downloading } = useDownloadAction()
  const { id, request_id, name, size, subjects, created_at, expires_at } = file
  const isAvailable = isReady(file)

  const facts = [
    bytes(size),
    `${t("request.files.customers")}: ${number(subjects)}`,
    `${t("request.files.created")}: ${dateTime(created_at)}`,
    ...(isAvailable
      ? [`${t("request.files.expires")}: ${dateTime(expires_at)}`]
      : []),
  ]

  return (
    <li
      className="flex flex-col gap-y-1"
      data-testid="privacy-file-row"
      data-status={file.status}
    >
      <div className="flex flex-wrap items-center gap-3 px-6 py-4">
        <DocumentText aria-hidden className="text-ui-fg-subtle shrink-0" />
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Text size="small" leading="compact" weight="plus" className="break-all">
              {name}
            </Text>
            {!isAvailable && (
              <StatusBadge color="grey">
                {t(`request.files.status.${file.status}`)}
              </StatusBadge>
            )}
          </div>
          <ul className="txt-small text-ui-fg-subtle flex flex-wrap gap-x-3 tabular-nums">
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </div>
        {isAvailable && (
          <Button
            size="small"
            variant="secondary"
            type="button"
            className="shrink-0"
            data-testid="privacy-download-file"
            aria-label={t("request.files.downloadLabel", { name })}
            isLoading={downloading === id}
            onClick={() => download(request_id, id, name)}
          >
            <ArrowDownTray />
            {t("request.files.download")}
          </Button>
        )}
      </div>
      {file.downloads.length > 0 && <Downloads file={file} />}
    </li>
  )
}

const Downloads = ({ file }: { file: RequestFile }) => {
  const { t } = usePrivacyTranslation()
  const { dateTime, number } = useFormat()
  const count = file.downloads.length

  return (
    <div className="px-2 pb-2">
      <Disclosure
        data-testid="privacy-file-downloads"
        title={t("request.files.downloads", { count, total: number(count) })}
      >
        <ul className="txt-small text-ui-fg-subtle flex flex-col gap-y-1 px-10 pb-2">
          {file.downloads.map(({ at, by }) => (
            <li key={`${at}${by}`}>
              <time dateTime={at}>
                {t("request.files.downloadedBy", { date: dateTime(at) })}
              </time>{" "}
              <ActorName actor={by} />
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  )
}
