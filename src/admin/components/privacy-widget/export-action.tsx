import { ArrowDownTray, EllipsisHorizontal } from "@medusajs/icons"
import {
  Button,
  DropdownMenu,
  IconButton,
  Text,
  toast,
} from "@medusajs/ui"
import { type ReactNode } from "react"
import { Link } from "react-router-dom"
import { useDownloadAction } from "../../hooks/use-download-action"
import { useErrorToast } from "../../hooks/use-error-toast"
import { useExportCustomer } from "../../hooks/use-export-customer"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import {
  type CustomerArchive,
  type CustomerPrivacy,
  type ExtractFormat,
} from "../../lib/contract"
import { isWorking } from "../../lib/customer-view"
import { FORMATS } from "../../lib/vocabulary"

/** Everything the shop holds on the customer, as a file: made in the background, then downloaded. */
export const ExportAction = ({ privacy }: { privacy: CustomerPrivacy }) => {
  const { t } = usePrivacyTranslation()
  const showError = useErrorToast()
  const { mutate, isPending } = useExportCustomer(privacy.customer_id)
  const { archive, active_extract } = privacy

  const start = (format: ExtractFormat) =>
    mutate(format, {
      onSuccess: () => {
        toast.info(t("widget.export.toast.started"), {
          description: t("widget.export.toast.startedText"),
        })
      },
      onError: (error) => showError(t("widget.export.export"), error),
    })

  // One that is stopped, or begins later, is followed on its own page.
  if (active_extract && !isWorking(active_extract.status)) {
    return (
      <Button size="small" variant="secondary" asChild>
        <Link
          to={`/customer-data/${active_extract.id}`}
          data-testid="privacy-export-waiting"
        >
          {t("widget.export.waiting")}
        </Link>
      </Button>
    )
  }

  if (active_extract || isPending) {
    return (
      <Button
        size="small"
        variant="secondary"
        type="button"
        isLoading
        data-testid="privacy-export"
        data-state="running"
      >
        {t("widget.export.preparing")}
      </Button>
    )
  }

  if (archive) {
    return (
      <>
        <DownloadButton archive={archive} />
        <FormatMenu title={t("widget.export.again")} onChoose={start}>
          <IconButton
            size="small"
            type="button"
            data-testid="privacy-export-again"
            aria-label={t("widget.export.menu")}
          >
            <EllipsisHorizontal />
          </IconButton>
        </FormatMenu>
      </>
    )
  }

  return (
    <FormatMenu title={t("widget.export.text")} onChoose={start}>
      <Button
        size="small"
        variant="secondary"
        type="button"
        data-testid="privacy-export"
        data-state="ready"
      >
        {t("widget.export.export")}
      </Button>
    </FormatMenu>
  )
}

const DownloadButton = ({ archive }: { archive: CustomerArchive }) => {
  const { t } = usePrivacyTranslation()
  const { download, downloading } = useDownloadAction()
  const { request_id, file_id, name } = archive

  return (
    <Button
      size="small"
      variant="secondary"
      type="button"
      data-testid="privacy-download-archive"
      isLoading={downloading === file_id}
      onClick={() => download(request_id, file_id, name)}
    >
      <ArrowDownTray />
      {t("widget.export.download")}
    </Button>
  )
}

interface FormatMenuProps {
  title: string
  onChoose: (format: ExtractFormat) => void
  children: ReactNode
}

const FormatMenu = ({ title, onChoose, children }: FormatMenuProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <DropdownMenu>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Content className="w-72" align="start">
        <DropdownMenu.Label className="text-pretty px-2 py-1.5">{title}</DropdownMenu.Label>
        {FORMATS.map((format) => (
          <DropdownMenu.Item
            key={format}
            className="flex-col items-start"
            data-testid={`privacy-export-${format}`}
            onClick={() => onChoose(format)}
          >
            <span className="txt-compact-small-plus">
              {t(`formats.${format}.label`)}
            </span>
            <span className="txt-small text-ui-fg-subtle text-pretty">
              {t(`formats.${format}.description`)}
            </span>
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}

/** What the download button would give, and until when. */
export const ArchiveNote = ({ archive }: { archive: CustomerArchive }) => {
  const { t } = usePrivacyTranslation()
  const { bytes, dateTime } = useFormat()
  const { name, size, expires_at } = archive

  return (
    <Text
      size="xsmall"
      className="text-ui-fg-muted break-words"
      data-testid="privacy-archive"
    >
      {t("widget.export.archive", {
        name,
        size: bytes(size),
        date: dateTime(expires_at),
      })}
    </Text>
  )
}
