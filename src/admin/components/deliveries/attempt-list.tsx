import { Badge, Text } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type DeliveryAttempt } from "../../lib/told-contract"

/** Each try, the latest first. */
export const AttemptList = ({ log }: { log: DeliveryAttempt[] }) => {
  const { t } = usePrivacyTranslation()
  const { dateTime, number } = useFormat()

  if (!log.length) {
    return (
      <Text size="small" className="text-ui-fg-muted">
        {t("deliveries.noLog")}
      </Text>
    )
  }

  return (
    <ol className="flex flex-col gap-y-3">
      {log.map((attempt) => (
        <li
          key={attempt.id}
          className="bg-ui-bg-component shadow-elevation-card-rest flex flex-col gap-y-1 rounded-lg px-3 py-2"
        >
          <div className="flex items-center justify-between gap-x-2">
            <Text size="small" leading="compact">
              {dateTime(attempt.created_at)}
            </Text>
            <div className="flex items-center gap-x-2">
              <Text size="small" leading="compact" className="text-ui-fg-muted tabular-nums">
                {t("deliveries.took", {
                  milliseconds: number(attempt.duration_ms),
                })}
              </Text>
              {(attempt.status_code !== null || attempt.outcome === "error") && (
                <Badge
                  size="2xsmall"
                  color={attempt.outcome === "ok" ? "green" : "red"}
                >
                  {attempt.status_code ?? t("deliveries.connectionError")}
                </Badge>
              )}
            </div>
          </div>
          {attempt.error && (
            <Text size="small" className="text-ui-fg-subtle break-words">
              {attempt.error}
            </Text>
          )}
          {attempt.response && (
            <div>
              <Text size="xsmall" className="text-ui-fg-muted">
                {t("deliveries.answer")}
              </Text>
              <code className="txt-compact-xsmall break-all">
                {attempt.response}
              </code>
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}
