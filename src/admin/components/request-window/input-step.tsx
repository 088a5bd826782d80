import { Heading, Tabs } from "@medusajs/ui"
import { type PropsWithChildren } from "react"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestDraft } from "../../lib/request-draft"
import { ReasonField } from "../anonymize-dialog/reason-field"
import { WindowError } from "./window-error"
import { FileField } from "./file-field"
import { IdentifierTypeField } from "./identifier-type-field"
import { IdentifiersField } from "./identifiers-field"
import { ProblemHint } from "./problem-hint"
import { ScheduleField } from "./schedule-field"
import { WindowColumn } from "../common/window-column"
import { type RequestWizardState } from "./use-request-wizard"

/** Who, how, why and when. */
export const InputStep = ({
  wizard,
  children,
}: PropsWithChildren<{ wizard: RequestWizardState }>) => {
  const { t } = usePrivacyTranslation()
  const { canSchedule } = usePrivacyPermissions()
  const { window, draft, change, problem, check } = wizard
  const isScheduleProblem =
    problem?.code === "schedule_missing" || problem?.code === "schedule_past"

  return (
    <WindowColumn
      title={t(`${window}.title`)}
      description={t(`${window}.description`)}
    >
      <section className="flex flex-col gap-y-4">
        <Heading level="h2">{t("requestWindow.source.title")}</Heading>
        <Tabs
          value={draft.source}
          onValueChange={(source) =>
            change({ source: source as RequestDraft["source"] })
          }
        >
          <Tabs.List aria-label={t("requestWindow.source.title")}>
            {(["list", "file"] as const).map((source) => (
              <Tabs.Trigger
                key={source}
                value={source}
                type="button"
                data-testid={`privacy-source-${source}`}
              >
                {t(`requestWindow.source.${source}`)}
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
      {children}
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
      {check.error && <WindowError window={window} error={check.error} isCheck />}
    </WindowColumn>
  )
}
