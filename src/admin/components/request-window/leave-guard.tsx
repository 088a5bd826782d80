import { Prompt } from "@medusajs/ui"
import { useBlocker } from "react-router-dom"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

/** Asks before a list that took work to put together is thrown away. */
export const LeaveGuard = ({ isActive }: { isActive: boolean }) => {
  const { t } = usePrivacyTranslation()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isActive &&
      currentLocation.pathname !== nextLocation.pathname &&
      !nextLocation.state?.isSubmitSuccessful
  )

  return (
    <Prompt open={blocker.state === "blocked"} variant="confirmation">
      <Prompt.Content>
        <Prompt.Header>
          <Prompt.Title>{t("requestWindow.leave.title")}</Prompt.Title>
          <Prompt.Description>{t("requestWindow.leave.text")}</Prompt.Description>
        </Prompt.Header>
        <Prompt.Footer>
          <Prompt.Cancel type="button" onClick={() => blocker.reset?.()}>
            {t("requestWindow.leave.stay")}
          </Prompt.Cancel>
          <Prompt.Action type="button" onClick={() => blocker.proceed?.()}>
            {t("actions.discard")}
          </Prompt.Action>
        </Prompt.Footer>
      </Prompt.Content>
    </Prompt>
  )
}
