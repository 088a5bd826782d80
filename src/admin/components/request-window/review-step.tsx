import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestPreview } from "../../lib/request-contract"
import { FilingErrors } from "./filing-errors"
import { LinesSection } from "./lines-section"
import { PlanChanges } from "./plan-changes"
import { PlanCounts } from "./plan-counts"
import { PlanStatement } from "./plan-statement"
import { WindowColumn } from "../common/window-column"
import { type RequestWizardState } from "./use-request-wizard"

interface ReviewStepProps {
  wizard: RequestWizardState
  preview: RequestPreview
}

/** Whom the list means, before anything happens. */
export const ReviewStep = ({ wizard, preview }: ReviewStepProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const { window, steps, draft, changes, check, filing, lookAgain } = wizard

  return (
    <WindowColumn
      isWide
      isFocused
      title={t("requestWindow.review.title")}
      description={t("requestWindow.review.description", {
        count: preview.total_lines,
        total: number(preview.total_lines),
      })}
    >
      {changes && <PlanChanges changes={changes} />}
      <PlanCounts preview={preview} type={draft.type} />
      <PlanStatement preview={preview} draft={draft} />
      <LinesSection preview={preview} draft={draft} />
      {!steps.includes("confirm") && (
        <FilingErrors
          window={window}
          check={check}
          filing={filing}
          lookAgain={lookAgain}
        />
      )}
    </WindowColumn>
  )
}
