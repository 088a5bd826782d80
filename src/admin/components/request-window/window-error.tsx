import { Alert, Button } from "@medusajs/ui"
import { useEffect, useRef } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toRequestError } from "../../lib/request-error"
import { type RequestWizardState } from "./use-request-wizard"

interface WindowErrorProps {
  window: RequestWizardState["window"]
  error: unknown
  /** While checking nothing can have happened, whatever went wrong. */
  isCheck?: boolean
  onLookAgain?: () => void
  isLooking?: boolean
}

/** Why the server did not take the list, and what to do now. */
export const WindowError = ({
  window,
  error,
  isCheck,
  onLookAgain,
  isLooking,
}: WindowErrorProps) => {
  const { t } = usePrivacyTranslation()
  const alert = useRef<HTMLDivElement>(null)
  const { kind, detail } = toRequestError(error)
  const isUncertain = kind === "network" || kind === "server"

  useEffect(() => {
    alert.current?.scrollIntoView({ block: "nearest" })
  }, [error])

  return (
    <Alert
      ref={alert}
      role="alert"
      variant={kind === "conflict" ? "warning" : "error"}
      data-testid={`privacy-${window}-error`}
      data-kind={kind}
    >
      <div className="flex flex-col items-start gap-y-1">
        <span className="txt-small-plus">{t(`requestWindow.error.${kind}.title`)}</span>
        {detail && <span className="txt-small break-words">{detail}</span>}
        <span className="txt-small text-ui-fg-subtle">
          {kind === "forbidden"
            ? t(`${window}.forbidden`)
            : t(
                isCheck && isUncertain
                  ? `requestWindow.checkError.${kind}`
                  : `requestWindow.error.${kind}.text`
              )}
        </span>
        {onLookAgain && (kind === "conflict" || kind === "invalid") && (
          <Button
            size="small"
            variant="secondary"
            type="button"
            className="mt-2"
            data-testid="privacy-look-again"
            isLoading={isLooking}
            onClick={onLookAgain}
          >
            {t("actions.lookAgain")}
          </Button>
        )}
      </div>
    </Alert>
  )
}
