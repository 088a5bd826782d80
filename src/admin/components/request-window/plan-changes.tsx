import { Alert } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PlanChange } from "../../lib/request-plan"

/** What is different from what the officer was about to confirm. */
export const PlanChanges = ({ changes }: { changes: PlanChange[] }) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()

  return (
    <Alert variant="warning" role="status" data-testid="privacy-plan-changes">
      <span className="txt-small-plus block">
        {t("requestWindow.review.changes.title")}
      </span>
      {changes.length ? (
        <ul className="txt-small text-ui-fg-subtle">
          {changes.map(({ count, before, after }) => (
            <li key={count}>
              {t("requestWindow.review.changes.item", {
                name: t(`requestWindow.review.counts.${count}`),
                before: number(before),
                after: number(after),
              })}
            </li>
          ))}
        </ul>
      ) : (
        <span className="txt-small text-ui-fg-subtle block">
          {t("requestWindow.review.changes.none")}
        </span>
      )}
    </Alert>
  )
}
