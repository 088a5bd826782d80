import { Alert, Container, Heading } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyProfiles } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toPlanCounts } from "../../lib/request-plan"
import { type RequestPreview } from "../../lib/request-contract"
import { PROFILE_CHOICES } from "../../lib/vocabulary"
import { type Fact, FactList } from "../common/fact-list"
import { FilingErrors } from "../request-window/filing-errors"
import { WindowColumn } from "../common/window-column"
import { type RequestWizardState } from "../request-window/use-request-wizard"
import { CountField } from "./count-field"

interface ConfirmStepProps {
  wizard: RequestWizardState
  preview: RequestPreview
}

/** The last look, and the number that proves it was one. */
export const ConfirmStep = ({ wizard, preview }: ConfirmStepProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const { window, draft, subjects, typed, setTyped, check, filing, lookAgain } =
    wizard
  const facts = usePlanFacts(wizard, preview)

  return (
    <WindowColumn
      isFocused
      title={t(`erase.confirm.title.${draft.method}`)}
      description={t("erase.confirm.description", {
        count: subjects,
        total: number(subjects),
      })}
    >
      <Alert variant="warning">
        <span className="txt-small-plus block">{t("dialog.irreversible")}</span>
        <span className="txt-small text-ui-fg-subtle">
          {t("dialog.irreversibleText")}
        </span>
      </Alert>
      <section className="flex flex-col gap-y-3">
        <Heading level="h2">{t("erase.confirm.summary")}</Heading>
        <Container className="px-4 py-3" data-testid="privacy-erase-summary">
          <FactList facts={facts} className="gap-y-2" />
        </Container>
      </section>
      <CountField count={subjects} value={typed} onChange={setTyped} />
      <FilingErrors
        window={window}
        check={check}
        filing={filing}
        lookAgain={lookAgain}
      />
    </WindowColumn>
  )
}

const usePlanFacts = (
  { draft, subjects }: RequestWizardState,
  preview: RequestPreview
): Fact[] => {
  const { t } = usePrivacyTranslation()
  const { dateTime, number } = useFormat()
  const { profiles } = usePrivacyProfiles({ limit: PROFILE_CHOICES })
  const { held } = toPlanCounts(preview)
  const { source, file, identifiers, isScheduled, scheduledFor } = draft

  return [
    {
      id: "customers",
      label: t("erase.confirm.customers"),
      value: number(subjects),
    },
    ...(held
      ? [{ id: "held", label: t("erase.confirm.held"), value: number(held) }]
      : []),
    {
      id: "method",
      label: t("request.facts.method"),
      value: t(`methods.${draft.method}.label`),
    },
    {
      id: "profile",
      label: t("request.facts.profile"),
      value:
        profiles?.find(({ id }) => id === draft.profileId)?.name ??
        t("dialog.profile.none"),
    },
    {
      id: "source",
      label: t("erase.confirm.source"),
      value:
        source === "file" && file
          ? file.name
          : t("erase.confirm.typed", { count: number(identifiers.length) }),
    },
    {
      id: "start",
      label: t("erase.confirm.start"),
      value:
        isScheduled && scheduledFor
          ? dateTime(scheduledFor.toISOString())
          : t("erase.confirm.now"),
    },
    {
      id: "reason",
      label: t("request.facts.reason"),
      value: draft.reason.trim() || t("request.facts.none"),
    },
  ]
}
