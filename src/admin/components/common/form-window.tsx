import { KeyboundForm } from "@medusajs/dashboard/components"
import { Alert, Button, FocusModal } from "@medusajs/ui"
import { type FormEvent, type PropsWithChildren } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toRequestError } from "../../lib/request-error"
import { WindowBody } from "./window-body"

interface FormWindowProps {
  title: string
  description: string
  /** Why the last try to save failed. */
  error?: unknown
  errorTitle?: string
  isSaving?: boolean
  /** Once there is nothing left to save, the only button closes the window. */
  doneLabel?: string
  onSubmit: () => void
}

/** A window with a form: saved with the button or with Ctrl and Enter, left with the other button or with Escape. */
export const FormWindow = ({
  title,
  description,
  error,
  errorTitle,
  isSaving,
  doneLabel,
  onSubmit,
  children,
}: PropsWithChildren<FormWindowProps>) => {
  const { t } = usePrivacyTranslation()

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()

    if (!isSaving) {
      onSubmit()
    }
  }

  return (
    <KeyboundForm
      className="flex h-full flex-col overflow-hidden"
      noValidate
      onSubmit={handleSubmit}
    >
      <WindowBody title={title} description={description}>
        {error ? <SaveError title={errorTitle} error={error} /> : null}
        {children}
      </WindowBody>
      <FocusModal.Footer>
        {!doneLabel && (
          <FocusModal.Close asChild>
            <Button size="small" variant="secondary" type="button">
              {t("actions.cancel")}
            </Button>
          </FocusModal.Close>
        )}
        <Button
          size="small"
          type="submit"
          data-testid="privacy-save"
          isLoading={isSaving}
        >
          {doneLabel ?? t("actions.save")}
        </Button>
      </FocusModal.Footer>
    </KeyboundForm>
  )
}

const SaveError = ({ title, error }: { title?: string; error: unknown }) => {
  const { t } = usePrivacyTranslation()
  const { kind, detail } = toRequestError(error)

  return (
    <Alert variant="error" role="alert">
      <span className="txt-small-plus block">{title}</span>
      <span className="txt-small text-ui-fg-subtle block break-words">
        {detail ?? t(`error.${kind}`)}
      </span>
    </Alert>
  )
}
