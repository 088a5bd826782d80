import { Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type CustomerPrivacy } from "../../lib/contract"
import { ProgressBar } from "../common/progress-bar"

export const RunningPanel = ({ privacy }: { privacy: CustomerPrivacy }) => {
  const { t } = usePrivacyTranslation()
  const request = privacy.active_request
  const totals = request?.totals
  const total = totals?.subjects ?? 1
  const done = totals ? total - totals.pending : 0

  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <ProgressBar
        label={t("widget.running.title")}
        done={done}
        total={total}
      />
      <div role="status" className="flex flex-col gap-y-1">
        <Text size="small" leading="compact" weight="plus">
          {t("widget.running.title")}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {total > 1
            ? t("widget.running.progress", { done, total })
            : t(
                request?.status === "pending"
                  ? "widget.running.pending"
                  : "widget.running.in_progress"
              )}
        </Text>
      </div>
    </div>
  )
}
