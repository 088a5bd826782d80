import { CheckCircleSolid } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type CustomerPrivacy } from "../../lib/contract"
import { type Fact, FactList } from "../common/fact-list"
import { RequestReference } from "./request-reference"

export const DonePanel = ({ privacy }: { privacy: CustomerPrivacy }) => {
  const { t } = usePrivacyTranslation()
  const { dateTime } = useFormat()
  const request = privacy.active_request
  const facts: Fact[] = []

  if (request?.completed_at) {
    facts.push({
      id: "date",
      label: t("widget.done.date"),
      value: dateTime(request.completed_at),
    })
  }

  if (request?.method) {
    facts.push({
      id: "method",
      label: t("widget.done.method"),
      value: t(`methods.${request.method}.label`),
    })
  }

  if (request) {
    facts.push({
      id: "reference",
      label: t("widget.done.reference"),
      value: <RequestReference reference={request.reference} />,
    })
  }

  return (
    <div className="flex flex-col gap-y-4 px-6 py-4">
      <div role="status" className="flex items-start gap-x-2">
        <CheckCircleSolid className="text-ui-tag-green-icon mt-0.5 shrink-0" />
        <div className="flex flex-col gap-y-1">
          <Text size="small" weight="plus">
            {t("widget.done.title")}
          </Text>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t("widget.done.text")}
          </Text>
        </div>
      </div>
      {facts.length > 0 && <FactList facts={facts} />}
      <Link
        to="/customers"
        className="txt-compact-small-plus text-ui-fg-interactive hover:text-ui-fg-interactive-hover focus-visible:shadow-borders-focus w-fit rounded outline-none"
      >
        {t("actions.backToCustomers")}
      </Link>
    </div>
  )
}
