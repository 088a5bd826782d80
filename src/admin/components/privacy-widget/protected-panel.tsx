import { LockClosedSolid } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

export const ProtectedPanel = () => {
  const { t } = usePrivacyTranslation()

  return (
    <div className="flex items-start gap-x-2 px-6 py-4">
      <LockClosedSolid className="text-ui-fg-muted mt-0.5 shrink-0" />
      <div className="flex flex-col gap-y-1">
        <Text size="small" weight="plus">
          {t("widget.protected.title")}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("widget.protected.text")}
        </Text>
      </div>
    </div>
  )
}
