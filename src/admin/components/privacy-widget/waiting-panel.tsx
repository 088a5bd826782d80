import { Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type CustomerPrivacy } from "../../lib/contract"

export const WaitingPanel = ({ privacy }: { privacy: CustomerPrivacy }) => {
  const { t } = usePrivacyTranslation()
  const status = privacy.active_request?.status

  if (
    status !== "awaiting_approval" &&
    status !== "scheduled" &&
    status !== "stopped"
  ) {
    return null
  }

  return (
    <div role="status" className="px-6 py-4">
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {t(`widget.waiting.${status}`)}
      </Text>
    </div>
  )
}
