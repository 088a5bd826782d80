import { RouteFocusModal } from "@medusajs/dashboard/components"
import { Button, Text } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestWizardState } from "./use-request-wizard"

/** The way back and the way on. */
export const RequestFooter = ({ wizard }: { wizard: RequestWizardState }) => {
  const { t } = usePrivacyTranslation()
  const { window, steps, step, goTo, subjects, isConfirmed, check, filing } =
    wizard
  const position = steps.indexOf(step)
  const isLast = position === steps.length - 1
  const obstacle = `privacy-${window}-obstacle`

  return (
    <RouteFocusModal.Footer>
      {step === "confirm" && !isConfirmed && (
        <Text
          size="small"
          id={obstacle}
          className="text-ui-fg-muted sr-only mr-2 text-right sm:not-sr-only"
        >
          {t("erase.confirm.obstacle")}
        </Text>
      )}
      {position === 0 ? (
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
          data-testid={`privacy-${window}-back`}
          disabled={filing.isPending}
          onClick={() => goTo(steps[position - 1])}
        >
          {t("actions.back")}
        </Button>
      )}
      {isLast ? (
        <Button
          key="submit"
          size="small"
          variant={window === "erase" ? "danger" : "primary"}
          type="submit"
          data-testid={`privacy-${window}-submit`}
          aria-describedby={obstacle}
          className="shrink-0"
          disabled={!isConfirmed || check.isPending}
          isLoading={filing.isPending}
        >
          <SubmitLabel wizard={wizard} />
        </Button>
      ) : (
        // Its own key: a double click on "Continue" must not fall through to what follows it.
        <Button
          key={step}
          size="small"
          type="submit"
          data-testid={`privacy-${window}-continue`}
          disabled={step === "review" && subjects === 0}
          isLoading={check.isPending}
        >
          {t("actions.continue")}
        </Button>
      )}
    </RouteFocusModal.Footer>
  )
}

const SubmitLabel = ({ wizard }: { wizard: RequestWizardState }) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const { draft, subjects } = wizard
  const count = { count: subjects, total: number(subjects) }

  return (
    <>
      {draft.type === "erasure"
        ? t(`erase.confirm.submit.${draft.method}`, count)
        : t("extract.submit", count)}
    </>
  )
}
