import { Alert } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ErasureMethod } from "../../lib/contract"
import { countSubjects, toPlanCounts } from "../../lib/erasure-plan"
import { type ErasurePreview } from "../../lib/request-contract"

interface PlanStatementProps {
  preview: ErasurePreview
  method: ErasureMethod
}

/** In plain words what the next step would start. */
export const PlanStatement = ({ preview, method }: PlanStatementProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const { held } = toPlanCounts(preview)
  const subjects = countSubjects(preview)
  const left = preview.total_lines - subjects

  const sentence = (
    key: `erase.review.statement.${ErasureMethod | "held" | "left"}`,
    count: number
  ) => t(key, { count, total: number(count) })

  const sentences = subjects
    ? [
        sentence(`erase.review.statement.${method}`, subjects),
        ...(held ? [sentence("erase.review.statement.held", held)] : []),
        ...(left > 0 ? [sentence("erase.review.statement.left", left)] : []),
      ]
    : [t("erase.review.statement.nobody")]

  return (
    <Alert
      variant={subjects ? "warning" : "error"}
      data-testid="privacy-plan-statement"
    >
      <span className="txt-small-plus block">
        {t("erase.review.statement.title")}
      </span>
      {sentences.map((text) => (
        <span key={text} className="txt-small text-ui-fg-subtle block text-pretty">
          {text}
        </span>
      ))}
    </Alert>
  )
}
