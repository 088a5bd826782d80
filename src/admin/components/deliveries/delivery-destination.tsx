import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toHost } from "../../lib/delivery-view"
import { type PrivacyDelivery } from "../../lib/told-contract"

/** Who is told: a webhook by its address. */
export const DeliveryDestination = ({
  delivery: { destination, webhook_url },
}: {
  delivery: PrivacyDelivery
}) => {
  const { tCode } = usePrivacyTranslation()

  return (
    <span className="block truncate" title={webhook_url ?? undefined}>
      {tCode("destinations", destination, destination)}
      {webhook_url && (
        <span className="text-ui-fg-muted"> {toHost(webhook_url)}</span>
      )}
    </span>
  )
}
