import { Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type CustomerPrivacy } from "../../lib/contract"
import { HoldList } from "../common/hold-list"

export const HeldPanel = ({ privacy }: { privacy: CustomerPrivacy }) => {
  const { t } = usePrivacyTranslation()
  const { holds } = privacy
  const isBlocked = holds.some(({ severity }) => severity === "block")

  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div role="status" className="flex flex-col gap-y-1">
        <Text size="small" leading="compact" weight="plus">
          {t("widget.held.title")}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t(isBlocked ? "widget.held.text" : "widget.held.noReason")}
        </Text>
      </div>
      {holds.length > 0 && <HoldList holds={holds} />}
    </div>
  )
}
