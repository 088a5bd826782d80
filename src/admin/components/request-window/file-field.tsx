import { ArrowDownTray, DocumentText, XMarkMini } from "@medusajs/icons"
import { Hint, IconButton, Text, clx } from "@medusajs/ui"
import { type DragEvent, useRef, useState } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import {
  type FileProblem,
  findFileProblem,
  UPLOAD_FORMATS,
} from "../../lib/upload-file"

interface FileFieldProps {
  value: File | null
  onChange: (file: File | null) => void
}

/** A list in a file, dropped or chosen. What it holds is for the server to read. */
export const FileField = ({ value, onChange }: FileFieldProps) => {
  const { t } = usePrivacyTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<FileProblem>()
  const [isOver, setIsOver] = useState(false)

  const take = (files: File[]) => {
    if (!files.length) {
      return
    }

    const found = findFileProblem(files)

    setProblem(found)

    if (!found) {
      onChange(files[0])
    }
  }

  const handleDrop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    take([...event.dataTransfer.files])
  }

  return (
    <div className="flex flex-col gap-y-3">
      <button
        type="button"
        data-testid="privacy-drop-zone"
        aria-describedby="privacy-file-problem"
        onClick={() => input.current?.click()}
        onDrop={handleDrop}
        onDragOver={(event) => event.preventDefault()}
        onDragEnter={() => setIsOver(true)}
        onDragLeave={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget as Node | null)) {
            setIsOver(false)
          }
        }}
        className={clx(
          "bg-ui-bg-component border-ui-border-strong transition-fg flex w-full flex-col items-center gap-y-2 rounded-lg border border-dashed p-8 outline-none",
          "hover:border-ui-border-interactive focus-visible:border-ui-border-interactive focus-visible:shadow-borders-focus focus-visible:border-solid",
          {
            "!border-ui-border-error": problem,
            "!border-ui-border-interactive": isOver,
          }
        )}
      >
        <span className="text-ui-fg-subtle flex items-center gap-x-2">
          <ArrowDownTray aria-hidden />
          <span className="txt-medium">{t("requestWindow.file.label")}</span>
        </span>
        <span className="txt-compact-small text-ui-fg-muted">
          {t("requestWindow.file.hint")}
        </span>
      </button>
      <input
        hidden
        ref={input}
        type="file"
        data-testid="privacy-file"
        accept={UPLOAD_FORMATS.join(",")}
        onChange={({ target }) => {
          take([...(target.files ?? [])])
          // The same file, mended, can be chosen again.
          target.value = ""
        }}
      />
      <div id="privacy-file-problem" role="alert">
        {problem && (
          <Hint variant="error">{t(`requestWindow.file.problems.${problem}`)}</Hint>
        )}
      </div>
      {value && <ChosenFile file={value} onRemove={() => onChange(null)} />}
    </div>
  )
}

interface ChosenFileProps {
  file: File
  onRemove: () => void
}

const ChosenFile = ({ file, onRemove }: ChosenFileProps) => {
  const { t } = usePrivacyTranslation()
  const { bytes } = useFormat()

  return (
    <div
      role="group"
      aria-label={t("requestWindow.file.selected")}
      data-testid="privacy-chosen-file"
      className="shadow-borders-base bg-ui-bg-component flex items-center gap-x-3 rounded-lg px-3 py-2"
    >
      <DocumentText aria-hidden className="text-ui-fg-subtle shrink-0" />
      <div className="min-w-0 flex-1">
        <Text size="small" leading="compact" weight="plus" className="break-all">
          {file.name}
        </Text>
        <Text size="xsmall" leading="compact" className="text-ui-fg-muted">
          {bytes(file.size)}
        </Text>
      </div>
      <IconButton
        size="small"
        variant="transparent"
        type="button"
        aria-label={t("requestWindow.file.remove")}
        onClick={onRemove}
      >
        <XMarkMini />
      </IconButton>
    </div>
  )
}
