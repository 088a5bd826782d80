import { type RequestWizardState } from "./use-request-wizard"
import { WindowError } from "./window-error"

/** Why the request was not taken, on the step that files it. */
export const FilingErrors = ({
  window,
  check,
  filing,
  lookAgain,
}: Pick<RequestWizardState, "window" | "check" | "filing" | "lookAgain">) => (
  <>
    {filing.error && (
      <WindowError
        window={window}
        error={filing.error}
        onLookAgain={lookAgain}
        isLooking={check.isPending}
      />
    )}
    {check.error && <WindowError window={window} error={check.error} isCheck />}
  </>
)
