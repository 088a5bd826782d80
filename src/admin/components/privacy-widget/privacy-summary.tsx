import { Text } from "@medusajs/ui"
import { useState } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type CustomerPrivacy } from "../../lib/contract"
import { FactList } from "../common/fact-list"
import { FootprintList, onlyFound } from "../common/footprint-list"
import { ExpandButton } from "../common/expand-button"
import { KeptList } from "../common/kept-list"
import { LabeledBlock } from "../common/labeled-block"
import { SubscriptionList } from "../common/subscription-list"
import { toValueFacts, ValueList } from "../common/value-list"

const SHORT_LENGTH = 6

/** What the shop holds on the customer, at a glance. */
export const PrivacySummary = ({ privacy }: { privacy: CustomerPrivacy }) => {
  const { t } = usePrivacyTranslation()
  const { value, subscriptions, kept } = privacy
  const footprint = onlyFound(privacy.footprint)

  return (
    <div className="flex flex-col gap-y-5 px-6 py-4">
      {footprint.length ? (
        <Footprint footprint={footprint} />
      ) : (
        <Text size="small" className="text-ui-fg-subtle">
          {t("widget.footprint.empty")}
        </Text>
      )}
      {toValueFacts(value).length > 0 && (
        <LabeledBlock label={t("widget.value.title")}>
          <ValueList value={value} />
        </LabeledBlock>
      )}
      {subscriptions.length > 0 && (
        <LabeledBlock label={t("widget.subscriptions.title")}>
          <SubscriptionList subscriptions={subscriptions} />
        </LabeledBlock>
      )}
      <Retention retention={privacy.retention} />
      {kept.length > 0 && (
        <LabeledBlock label={t("widget.kept.title")}>
          <KeptList kept={kept} />
        </LabeledBlock>
      )}
    </div>
  )
}

const Footprint = ({ footprint }: Pick<CustomerPrivacy, "footprint">) => {
  const { t } = usePrivacyTranslation()
  const [isExpanded, setIsExpanded] = useState(false)

  return (
    <LabeledBlock label={t("widget.footprint.title")}>
      <FootprintList
        footprint={isExpanded ? footprint : footprint.slice(0, SHORT_LENGTH)}
      />
      {footprint.length > SHORT_LENGTH && (
        <ExpandButton
          isExpanded={isExpanded}
          count={footprint.length}
          onChange={setIsExpanded}
        />
      )}
    </LabeledBlock>
  )
}

const Retention = ({ retention }: Pick<CustomerPrivacy, "retention">) => {
  const { t } = usePrivacyTranslation()
  const { dateTime } = useFormat()

  const facts = [
    {
      id: "last-interaction",
      label: t("widget.retention.lastInteraction"),
      at: retention?.last_interaction_at,
    },
    {
      id: "deletion",
      label: t("widget.retention.deletionAt"),
      at: retention?.deletion_at,
    },
  ].flatMap(({ id, label, at }) =>
    at ? [{ id, label, value: dateTime(at) }] : []
  )

  return facts.length ? (
    <LabeledBlock label={t("widget.retention.title")}>
      <FactList facts={facts} />
    </LabeledBlock>
  ) : null
}
