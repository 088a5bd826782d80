import { Alert } from "@medusajs/ui"
import { useEffect, useRef } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toRequestError } from "../../lib/request-error"

/** Why the request was not taken, and what to do now. */
export const SubmitError = ({ error }: { error: unknown }) => {
  const { t } = usePrivacyTranslation()
  const alert = useRef<HTMLDivElement>(null)
  const { kind, detail } = toRequestError(error)

  useEffect(() => {
    alert.current?.scrollIntoView({ block: "nearest" })
  }, [error])

  return (
    <Alert
      ref={alert}
      role="alert"
      variant="error"
      data-testid="privacy-submit-error"
    >
      <span className="txt-small-plus block">
        {t(`dialog.error.${kind}.title`)}
      </span>
      {detail && <span className="txt-small block">{detail}</span>}
      <span className="txt-small text-ui-fg-subtle block">
        {t(`dialog.error.${kind}.text`)}
      </span>
    </Alert>
  )
}
