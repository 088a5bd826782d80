import { Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type CustomerPrivacy } from "../../lib/contract"
import { FactList } from "../common/fact-list"
import { RequestReference } from "./request-reference"

export const FailedPanel = ({ privacy }: { privacy: CustomerPrivacy }) => {
  const { t } = usePrivacyTranslation()
  const request = privacy.active_request

  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div role="alert" className="flex flex-col gap-y-1">
        <Text size="small" leading="compact" weight="plus">
          {t("widget.failed.title")}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("widget.failed.text")}
        </Text>
      </div>
      {request && (
        <FactList
          facts={[
            {
              id: "reference",
              label: t("widget.done.reference"),
              value: <RequestReference reference={request.reference} />,
            },
          ]}
        />
      )}
    </div>
  )
}
