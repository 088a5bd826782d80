import { RouteFocusModal } from "@medusajs/dashboard/components"
import { Button, Text } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type EraseWizardState } from "./use-erase-wizard"

/** The way back and the way on. */
export const EraseFooter = ({ wizard }: { wizard: EraseWizardState }) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const { step, goTo, draft, subjects, isConfirmed, check, erase } = wizard

  return (
    <RouteFocusModal.Footer>
      {step === "confirm" && !isConfirmed && (
        <Text
          size="small"
          id="privacy-erase-obstacle"
          className="text-ui-fg-muted sr-only mr-2 text-right sm:not-sr-only"
        >
          {t("erase.confirm.obstacle")}
        </Text>
      )}
      {step === "input" ? (
        <RouteFocusModal.Close asChild>
          <Button size="small" variant="secondary" type="button">
            {t("actions.cancel")}
          </Button>
        </RouteFocusModal.Close>
      ) : (
        <Button
          size="small"
          variant="secondary"
          type="button"
          data-testid="privacy-erase-back"
          disabled={erase.isPending}
          onClick={() => goTo(step === "confirm" ? "review" : "input")}
        >
          {t("actions.back")}
        </Button>
      )}
      {step === "confirm" ? (
        <Button
          key="submit"
          size="small"
          variant="danger"
          type="submit"
          data-testid="privacy-erase-submit"
          aria-describedby="privacy-erase-obstacle"
          className="shrink-0"
          disabled={!isConfirmed || check.isPending}
          isLoading={erase.isPending}
        >
          {t(`erase.confirm.submit.${draft.method}`, {
            count: subjects,
            total: number(subjects),
          })}
        </Button>
      ) : (
        // Its own key: a double click on "Continue" must not fall through to what follows it.
        <Button
          key={step}
          size="small"
          type="submit"
          data-testid="privacy-erase-continue"
          disabled={step === "review" && subjects === 0}
          isLoading={check.isPending}
        >
          {t("actions.continue")}
        </Button>
      )}
    </RouteFocusModal.Footer>
  )
}
