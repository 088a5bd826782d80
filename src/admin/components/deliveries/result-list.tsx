import { Text } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyDelivery } from "../../lib/told-contract"
import { FactList } from "../common/fact-list"
import { LabeledBlock } from "../common/labeled-block"

/** What the destination says it removed and kept. */
export const ResultList = ({
  result: { removed, retained, messages },
}: {
  result: NonNullable<PrivacyDelivery["result"]>
}) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()

  return (
    <>
      {removed.length > 0 && (
        <LabeledBlock label={t("deliveries.removed")}>
          <FactList
            facts={removed.map(({ what, count }) => ({
              id: what,
              label: what,
              value: number(count),
            }))}
          />
        </LabeledBlock>
      )}
      {retained.length > 0 && (
        <LabeledBlock label={t("deliveries.retained")}>
          <ul className="flex flex-col gap-y-2">
            {retained.map(({ what, why }) => (
              <li key={`${what} ${why}`}>
                <Text size="small">{what}</Text>
                <Text size="small" className="text-ui-fg-muted">
                  {why}
                </Text>
              </li>
            ))}
          </ul>
        </LabeledBlock>
      )}
      {messages.length > 0 && (
        <LabeledBlock label={t("deliveries.messages")}>
          <ul className="flex flex-col gap-y-1">
            {messages.map((message) => (
              <li key={message}>
                <Text size="small" className="text-ui-fg-subtle break-words">
                  {message}
                </Text>
              </li>
            ))}
          </ul>
        </LabeledBlock>
      )}
    </>
  )
}
