import { Heading, Tabs } from "@medusajs/ui"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ErasureDraft } from "../../lib/erasure-draft"
import { FieldBreakdown } from "../anonymize-dialog/field-breakdown"
import { MethodField } from "../anonymize-dialog/method-field"
import { ProfileField } from "../anonymize-dialog/profile-field"
import { ReasonField } from "../anonymize-dialog/reason-field"
import { EraseError } from "./erase-error"
import { FileField } from "./file-field"
import { IdentifierTypeField } from "./identifier-type-field"
import { IdentifiersField } from "./identifiers-field"
import { ProblemHint } from "./problem-hint"
import { ScheduleField } from "./schedule-field"
import { StepFrame } from "./step-frame"
import { type EraseWizardState } from "./use-erase-wizard"

/** Who, how, why and when. */
export const InputStep = ({ wizard }: { wizard: EraseWizardState }) => {
  const { t } = usePrivacyTranslation()
  const { canSchedule } = usePrivacyPermissions()
  const { draft, change, problem, check } = wizard
  const isScheduleProblem =
    problem?.code === "schedule_missing" || problem?.code === "schedule_past"

  return (
    <StepFrame title={t("erase.title")} description={t("erase.description")}>
      <section className="flex flex-col gap-y-4">
        <Heading level="h2">{t("erase.source.title")}</Heading>
        <Tabs
          value={draft.source}
          onValueChange={(source) =>
            change({ source: source as ErasureDraft["source"] })
          }
        >
          <Tabs.List aria-label={t("erase.source.title")}>
            {(["list", "file"] as const).map((source) => (
              <Tabs.Trigger
                key={source}
                value={source}
                type="button"
                data-testid={`privacy-source-${source}`}
              >
                {t(`erase.source.${source}`)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <div className="pt-4">
            <IdentifierTypeField
              value={draft.identifierType}
              onChange={(identifierType) => change({ identifierType })}
            />
          </div>
          <Tabs.Content value="list" className="pt-4" tabIndex={-1}>
            <IdentifiersField draft={draft} onChange={change} />
          </Tabs.Content>
          <Tabs.Content value="file" className="pt-4" tabIndex={-1}>
            <FileField
              value={draft.file}
              onChange={(file) => change({ file })}
            />
          </Tabs.Content>
        </Tabs>
        {problem && !isScheduleProblem && <ProblemHint problem={problem} />}
      </section>
      <MethodField
        value={draft.method}
        onChange={(method) => change({ method })}
      />
      <ProfileField
        value={draft.profileId}
        onChange={(profileId) => change({ profileId })}
      />
      <FieldBreakdown method={draft.method} profileId={draft.profileId} />
      <ReasonField
        isRequired={false}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
      {canSchedule && (
        <ScheduleField
          draft={draft}
          onChange={change}
          problem={isScheduleProblem ? problem : undefined}
        />
      )}
      {check.error && <EraseError error={check.error} isCheck />}
    </StepFrame>
  )
}
