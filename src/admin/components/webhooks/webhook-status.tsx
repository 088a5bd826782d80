import { StatusBadge, Tooltip } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyWebhook } from "../../lib/told-contract"

/** On, failing since a while, or off and why. */
export const WebhookStatus = ({ webhook }: { webhook: PrivacyWebhook }) => {
  const { t } = usePrivacyTranslation()
  const { dateTime } = useFormat()
  const { enabled, disabled_reason, failing_since } = webhook

  if (!enabled) {
    return (
      <StatusBadge color={disabled_reason === "officer" ? "grey" : "red"}>
        {t(`webhooks.disabled.${disabled_reason ?? "officer"}`)}
      </StatusBadge>
    )
  }

  return failing_since ? (
    <Tooltip content={dateTime(failing_since)}>
      <StatusBadge color="orange">{t("webhooks.failing")}</StatusBadge>
    </Tooltip>
  ) : (
    <StatusBadge color="green">{t("webhooks.enabled")}</StatusBadge>
  )
}
