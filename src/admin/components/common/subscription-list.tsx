import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type SubscriptionEntry } from "../../lib/contract"
import { FactList } from "./fact-list"

export const SubscriptionList = ({
  subscriptions,
}: {
  subscriptions: SubscriptionEntry[]
}) => {
  const { tCode } = usePrivacyTranslation()

  return (
    <FactList
      facts={subscriptions.map(({ id, label, status }) => ({
        id,
        label,
        value: tCode("subscriptionStatuses", status),
      }))}
    />
  )
}
