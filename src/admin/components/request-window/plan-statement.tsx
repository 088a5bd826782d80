import { Alert } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type MessageKey } from "../../i18n/messages"
import { type RequestPreview } from "../../lib/request-contract"
import { type RequestDraft } from "../../lib/request-draft"
import { countSubjects, toPlanCounts } from "../../lib/request-plan"
import { toWindowName } from "../../lib/window-name"

interface PlanStatementProps {
  preview: RequestPreview
  draft: RequestDraft
}

/** In plain words what the next step would start. */
export const PlanStatement = ({ preview, draft }: PlanStatementProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const { held } = toPlanCounts(preview)
  const subjects = countSubjects(preview)
  const left = preview.total_lines - subjects
  const isErasure = draft.type === "erasure"

  const sentence = (key: MessageKey, count: number) =>
    t(key, {
      count,
      total: number(count),
      format: t(`formats.${draft.format}.label`),
    })

  const sentences = subjects
    ? [
        sentence(
          isErasure ? `erase.statement.${draft.method}` : "extract.statement.subjects",
          subjects
        ),
        ...(isErasure ? [] : [t("extract.statement.keep")]),
        ...(held ? [sentence("erase.statement.held", held)] : []),
        ...(left > 0
          ? [sentence("requestWindow.review.statement.left", left)]
          : []),
      ]
    : [t(`${toWindowName(draft.type)}.statement.nobody`)]

  return (
    <Alert
      variant={!subjects ? "error" : isErasure ? "warning" : "info"}
      data-testid="privacy-plan-statement"
    >
      <span className="txt-small-plus block">
        {t("requestWindow.review.statement.title")}
      </span>
      {sentences.map((text) => (
        <span key={text} className="txt-small text-ui-fg-subtle block text-pretty">
          {text}
        </span>
      ))}
    </Alert>
  )
}
