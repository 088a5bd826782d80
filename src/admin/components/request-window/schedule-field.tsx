import { DatePicker, Hint, Label, Switch } from "@medusajs/ui"
import { useId } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestDraft } from "../../lib/request-draft"
import { ProblemHint } from "./problem-hint"
import { type FoundProblem } from "./use-request-wizard"

interface ScheduleFieldProps {
  draft: RequestDraft
  onChange: (part: Partial<RequestDraft>) => void
  problem?: FoundProblem
}

/** A start of the officer's choosing, in the zone of the browser, which is named. */
export const ScheduleField = ({
  draft,
  onChange,
  problem,
}: ScheduleFieldProps) => {
  const { t } = usePrivacyTranslation()
  const id = useId()
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions()

  return (
    <div className="flex flex-col gap-y-4" data-testid="privacy-schedule">
      <div className="flex items-start gap-x-3">
        <Switch
          id={id}
          checked={draft.isScheduled}
          aria-describedby={`${id}-hint`}
          onCheckedChange={(isScheduled) => onChange({ isScheduled })}
        />
        <div className="flex flex-col gap-y-1">
          <Label htmlFor={id} size="small" weight="plus">
            {t("requestWindow.schedule.label")}
          </Label>
          <Hint id={`${id}-hint`}>{t("requestWindow.schedule.hint")}</Hint>
        </div>
      </div>
      {draft.isScheduled && (
        <div className="flex flex-col gap-y-2">
          <Label id={`${id}-date`} size="small" weight="plus">
            {t("requestWindow.schedule.date")}
          </Label>
          <div className="w-fit min-w-60">
            <DatePicker
              modal
              granularity="minute"
              shouldCloseOnSelect={false}
              aria-labelledby={`${id}-date`}
              value={draft.scheduledFor}
              onChange={(scheduledFor) => onChange({ scheduledFor })}
            />
          </div>
          <Hint>{t("requestWindow.schedule.zone", { zone })}</Hint>
          {problem && <ProblemHint problem={problem} />}
        </div>
      )}
    </div>
  )
}
