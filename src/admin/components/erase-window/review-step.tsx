import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ErasurePreview } from "../../lib/request-contract"
import { LinesSection } from "./lines-section"
import { PlanChanges } from "./plan-changes"
import { PlanCounts } from "./plan-counts"
import { PlanStatement } from "./plan-statement"
import { StepFrame } from "./step-frame"
import { type EraseWizardState } from "./use-erase-wizard"

interface ReviewStepProps {
  wizard: EraseWizardState
  preview: ErasurePreview
}

/** Whom the list means, before anything happens. */
export const ReviewStep = ({ wizard, preview }: ReviewStepProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const { draft, changes } = wizard

  return (
    <StepFrame
      isWide
      isFocused
      title={t("erase.review.title")}
      description={t("erase.review.description", {
        count: preview.total_lines,
        total: number(preview.total_lines),
      })}
    >
      {changes && <PlanChanges changes={changes} />}
      <PlanCounts preview={preview} />
      <PlanStatement preview={preview} method={draft.method} />
      <LinesSection preview={preview} draft={draft} />
    </StepFrame>
  )
}
